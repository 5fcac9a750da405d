package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.auth.X509CertificateConfirmation;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.DeviceRemote;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.jose.JwtText;
import io.github.fapipack.it.samples.CibaSamples;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;

/** Two flows of FAPI CIBA, one with polling and one with a ping; one method for each step. */
final class CibaSteps {
  private final FapiClient client;
  private final SampleClient sample;
  private final FlowReport report;
  private final DeviceRemote device;

  CibaSteps(FapiClient client, SampleClient sample, FlowReport report) {
    this.client = client;
    this.sample = sample;
    this.report = report;
    this.device = new DeviceRemote(sample.device().orElseThrow(), sample.tls(null));
  }

  void run() {
    discover();
    report.title("Poll: client " + client.clientId());
    CibaClient polling = CibaClient.polling(client, sample.username());
    Acknowledged asked = ask(polling);
    poll(polling, asked);
    approve(asked);
    Tokens tokens = fetchAfterInterval(polling, asked);
    use(tokens);
    sample.neighbour(CibaSamples.pinged(client.clientId())).ifPresent(this::ping);
  }

  private void discover() {
    report.step("Discovery", "CIBA 4-1, FAPI-CIBA 4.1.1-3, 4.1.1-4, 4.1.1-5, 5.10-1");
    JsonNode metadata = client.discovery().exchange().json();
    for (String name :
        List.of(
            "issuer",
            "backchannel_authentication_endpoint",
            "backchannel_token_delivery_modes_supported",
            "backchannel_authentication_request_signing_alg_values_supported",
            "token_endpoint_auth_signing_alg_values_supported",
            "grant_types_supported")) {
      report.line("   " + name + ": " + metadata.path(name));
    }
    Set<String> algorithms = Set.of("PS256", "ES256");
    only(metadata, "backchannel_token_delivery_modes_supported", Set.of("poll", "ping"));
    only(metadata, "backchannel_authentication_request_signing_alg_values_supported", algorithms);
    only(metadata, "token_endpoint_auth_signing_alg_values_supported", algorithms);
    only(metadata, "dpop_signing_alg_values_supported", algorithms);
    only(metadata, "id_token_signing_alg_values_supported", algorithms);
  }

  private void only(JsonNode metadata, String name, Set<String> allowed) {
    List<String> values =
        StreamSupport.stream(metadata.path(name).spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    report.check(
        !values.isEmpty() && allowed.containsAll(values),
        name + " lists only what FAPI CIBA allows");
  }

  private Acknowledged ask(CibaClient asking) {
    report.step(
        "Signed authentication request", "CIBA 7.1.1-1, 7.1.1-2, FAPI-CIBA 4.1.1-2, 5.10-1");
    Acknowledged asked =
        asking.authenticate().with("scope", ApiSteps.scope("openid", sample)).expect();
    report.exchange(asked.exchange());
    report.check(
        asked.authReqId().length() >= 27, "the auth_req_id is long enough for 160 random bits");
    report.line("the user sees " + asked.bindingMessage() + " here, and on the device:");
    JsonNode shown = device.requests().json().path(asked.bindingMessage());
    if (shown.isMissingNode()) {
      report.note("the device has answered by itself");
    } else {
      report.line("   " + shown);
    }
    return asked;
  }

  private void poll(CibaClient polling, Acknowledged asked) {
    report.step("Poll while the user thinks, then too fast", "CIBA 11-1");
    HttpExchange first = polling.token(asked).send();
    report.exchange(first);
    report.check("authorization_pending".equals(first.error()), "the user has not answered yet");
    HttpExchange second = polling.token(asked).send();
    report.check(
        "slow_down".equals(second.error()),
        "a poll before %d s are over is slowed down: %s"
            .formatted(asked.interval(), second.error()));
  }

  private void approve(Acknowledged asked) {
    report.step("The user agrees on the device", "FAPI-CIBA 5.7-p2");
    if (device.approve(asked)) {
      report.verified("the server has taken the device's answer");
    } else {
      report.note("the device had answered by itself");
    }
  }

  private Tokens fetchAfterInterval(CibaClient polling, Acknowledged asked) {
    report.step("Poll after the interval", "CIBA 10.1-1, FAPI2-SP 5.3.2.1-4, -5, -6, -8");
    LockSupport.parkNanos(Duration.ofSeconds(asked.interval()).toNanos());
    Tokens tokens = polling.token(asked).expect();
    report.exchange(tokens.exchange());
    bound(tokens, client, sample);
    return tokens;
  }

  private void use(Tokens tokens) {
    report.step("ID token, userinfo, refresh", "FAPI2-SP 5.4.1-1.2, 5.3.4-1, 5.3.2.1-9");
    report.jwt("ID token", tokens.idToken());
    String subject = client.verifiedIdToken(tokens, null).getSubject().getValue();
    report.verified("signature, algorithm, issuer, audience and times of the ID token hold");
    HttpExchange userinfo = client.userinfo(tokens).send().expectStatus(200);
    report.check(
        subject.equals(userinfo.json().path("sub").asText()), "userinfo is about the same user");
    sample.api().ifPresent(api -> new ApiSteps(client, api, report).readAccounts(tokens));
    bound(client.refresh(tokens).expect(), client, sample);
    client.refresh(tokens).expect();
    report.verified("the first refresh token still works: nothing was rotated");
  }

  private void ping(SampleClient other) {
    report.title("Ping: client " + CibaSamples.pinged(client.clientId()));
    FapiClient registered =
        other
            .describe(client.issuer())
            .auth(client.auth())
            .constraint(client.constraint())
            .algorithm(client.algorithm())
            .build();
    CibaClient pinged = CibaClient.pinged(registered, other.username());
    Acknowledged asked = ask(pinged);
    report.step("Poll once, although a ping will come", "CIBA 11-1");
    report.check(
        "authorization_pending".equals(pinged.token(asked).send().error()),
        "the user has not answered yet");
    approve(asked);
    receive(other.pings().orElseThrow(), asked);
    report.step("Fetch the tokens at once", "FAPI-CIBA 4.1.1-5, CIBA 11-1");
    Tokens tokens = pinged.token(asked).expect();
    report.exchange(tokens.exchange());
    report.verified("no slow_down, although there was a poll a moment ago");
    bound(tokens, registered, other);
    registered.verifiedIdToken(tokens, null);
  }

  private void receive(URI inbox, Acknowledged asked) {
    report.step("The ping", "CIBA 10.2-1");
    List<JsonNode> pings =
        StreamSupport.stream(device.pings(inbox).json().spliterator(), false)
            .filter(
                ping ->
                    ("Bearer " + asked.notificationToken())
                        .equals(ping.path("authorization").asText()))
            .toList();
    pings.forEach(ping -> report.line("POST " + inbox + " " + JwtText.shortened(ping.toString())));
    report.check(pings.size() == 1, "one ping has come, with the client's notification token");
    report.check(
        pings.stream()
            .allMatch(
                ping ->
                    Json.object().put("auth_req_id", asked.authReqId()).equals(ping.path("body"))),
        "it brings the auth_req_id and nothing else");
  }

  private void bound(Tokens tokens, FapiClient owner, SampleClient described) {
    boolean dpop = owner.constraint() == SenderConstraint.DPOP;
    report.check(
        thumbprint(owner, described, dpop).equals(tokens.confirmation(dpop ? "jkt" : "x5t#S256")),
        "the access token is bound to this client's " + (dpop ? "DPoP key" : "certificate"));
  }

  private static String thumbprint(FapiClient owner, SampleClient described, boolean dpop) {
    try {
      return dpop
          ? owner.dpopKey().computeThumbprint().toString()
          : X509CertificateConfirmation.of(described.certificate().orElseThrow().certificate())
              .getValue()
              .toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
