package io.github.fapipack.it.demo;

import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.DeviceRemote;
import io.github.fapipack.it.samples.CibaSamples;

/** Requests that FAPI CIBA must refuse. */
final class CibaAttacks {
  private final CibaClient client;
  private final SampleClient sample;
  private final FlowReport report;
  private final DeviceRemote device;

  CibaAttacks(FapiClient client, SampleClient sample, FlowReport report) {
    this.client = CibaClient.polling(client, sample.username());
    this.sample = sample;
    this.report = report;
    this.device = new DeviceRemote(sample.device().orElseThrow(), sample.tls(null));
  }

  void run() {
    attackRequest();
    attackSignature();
    attackClientAuthentication();
    attackTokenEndpoint();
  }

  private void attackRequest() {
    report.attack(
        "Request that is not signed",
        "CIBA 7.1.1-1",
        () -> client.authenticate().withoutRequestObject().send());
    report.attack(
        "Parameter beside the request object",
        "CIBA 7.1.1-1",
        () -> client.authenticate().beside("scope", "openid").send());
    report.attack(
        "Request without anything that the user could compare",
        "FAPI-CIBA 4.1.1-2",
        () -> client.authenticate().without("binding_message").send());
    report.attack(
        "Request with two hints of who is to be asked",
        "CIBA 7.1-3",
        () -> client.authenticate().with("id_token_hint", "x").send());
  }

  private void attackSignature() {
    report.attack(
        "Request object with the algorithm none",
        "FAPI-CIBA 5.10-3",
        () -> client.authenticate().requestObject(jwt -> jwt.alg("none")).send());
    report.attack(
        "Request object for another server",
        "CIBA 7.1.1-2",
        () ->
            client
                .authenticate()
                .requestObject(jwt -> jwt.claim("aud", "https://elsewhere.example"))
                .send());
    report.attack(
        "Request object signed by somebody else",
        "CIBA 7.2-1",
        () -> client.authenticate().requestObject(jwt -> jwt.key(ClientKeys.es256())).send());
    String replayed =
        client.authenticate().expect().exchange().sentForm().get("request").orElseThrow();
    report.attack(
        "Request object used twice",
        "CIBA 7.1.1-2",
        () -> client.authenticate().beside("request", replayed).send());
  }

  private void attackClientAuthentication() {
    FapiClient self = client.client();
    if (self.auth().needsAssertion()) {
      report.attack(
          "Client assertion made out to another server",
          "FAPI2-SP 5.3.2.1-8",
          () ->
              client
                  .authenticate()
                  .assertion(jwt -> jwt.audience("https://elsewhere.example"))
                  .send());
    } else {
      report.attack(
          "Client without its certificate",
          "RFC8705 2-1",
          () -> client.authenticate().withoutCertificate().send());
    }
  }

  private void attackTokenEndpoint() {
    Acknowledged asked =
        client.authenticate().with("scope", ApiSteps.scope("openid", sample)).expect();
    device.approve(asked);
    sample
        .neighbour(CibaSamples.pinged(client.client().clientId()))
        .ifPresent(
            thief ->
                report.attack(
                    "auth_req_id of another client",
                    "CIBA 10.1-1",
                    () -> CibaClient.polling(like(thief), sample.username()).token(asked).send()));
    if (client.client().constraint() == SenderConstraint.DPOP) {
      report.attack(
          "Token request without a DPoP proof",
          "FAPI2-SP 5.3.2.1-4",
          () -> client.token(asked).withoutProof().send());
    } else {
      report.attack(
          "Token request without a client certificate",
          "FAPI2-SP 5.3.2.1-4",
          () -> client.token(asked).withoutCertificate().send());
    }
    Tokens tokens = client.token(asked).expect();
    report.attack("auth_req_id used twice", "CIBA 10.1-1", () -> client.token(asked).send());
    sample.api().ifPresent(api -> new ApiAttacks(client.client(), sample, api, report).run(tokens));
  }

  private FapiClient like(SampleClient other) {
    FapiClient self = client.client();
    return other
        .describe(self.issuer())
        .auth(self.auth())
        .constraint(self.constraint())
        .algorithm(self.algorithm())
        .build();
  }
}
