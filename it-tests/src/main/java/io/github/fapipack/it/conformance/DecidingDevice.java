package io.github.fapipack.it.conformance;

import io.github.fapipack.it.conformance.ResourceServer.Reply;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;

/**
 * Lets the suite decide for the user who is asked on the authentication device. Modules run one
 * after the other, so the suite always means the newest request.
 */
record DecidingDevice(AuthenticationDevice device) {

  /** Answers the newest request as the parameter {@code action} says. */
  Reply decide(URI request) {
    String action = NamedValues.parse(request.getRawQuery()).get("action").orElse("");
    Decision decision = action.equals("allow") ? Decision.SUCCEED : Decision.CANCELLED;
    return device
        .newest()
        .map(message -> device.answer(message, decision))
        .map(answer -> Reply.json(200, "{\"status\":" + answer.status() + "}"))
        .orElseGet(() -> Reply.json(409, "{\"error\":\"nobody is asked\"}"));
  }
}
