package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.conformance.ResourceServer.Reply;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.device.AuthenticationDevice.Decision;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;

/**
 * Lets the suite decide for the user who is asked on the authentication device. Modules run one
 * after the other, so the suite always means the newest request.
 *
 * @param choice further members of an answer that agrees, such as the chosen accounts
 */
record DecidingDevice(AuthenticationDevice device, JsonNode choice) {

  /** Answers the newest request as the parameter {@code action} says. */
  Reply decide(URI request) {
    String action = NamedValues.parse(request.getRawQuery()).get("action").orElse("");
    return device
        .newest()
        .map(
            message ->
                action.equals("allow")
                    ? device.answer(message, Decision.SUCCEED, choice)
                    : device.answer(message, Decision.CANCELLED))
        .map(answer -> Reply.json(answer.status(), Json.object().put("answer", answer.body())))
        .orElseGet(() -> Reply.json(409, "{\"error\":\"nobody is asked\"}"));
  }
}
