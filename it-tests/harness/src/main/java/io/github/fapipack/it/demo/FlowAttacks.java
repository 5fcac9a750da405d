package io.github.fapipack.it.demo;

import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.pki.ClientCertificate;
import java.net.URI;

/** Requests that FAPI 2.0 must refuse. */
public final class FlowAttacks {
  private final FapiClient client;
  private final SampleClient sample;
  private final boolean openId;
  private final FlowReport report;

  /** The attacks of one client. */
  public FlowAttacks(FapiClient client, SampleClient sample, boolean openId, FlowReport report) {
    this.client = client;
    this.sample = sample;
    this.openId = openId;
    this.report = report;
  }

  /** Tries each attack and reports the result. */
  public void run() {
    attackAuthorization();
    if (client.signsRequests()) {
      attackSignatures();
    }
    attackClientAuthentication();
    attackTokenEndpoint();
    if (openId) {
      attackResource();
    }
    sample.api().ifPresent(this::attackApi);
  }

  private void attackAuthorization() {
    report.attackInBrowser(
        "Authorization request past the back channel",
        "FAPI2-SP 5.3.2.2-3",
        () -> client.visitWithoutPar().as(sample.username(), sample.password()).open());
    report.attack(
        "PKCE with the method plain",
        "FAPI2-SP 5.3.2.2-5",
        () -> client.par().with("code_challenge_method", "plain").send());
    report.attack(
        "Redirect URI without TLS",
        "FAPI2-SP 5.3.2.2-8",
        () ->
            client
                .par()
                .with("redirect_uri", client.redirectUri().replaceFirst("^https:", "http:"))
                .send());
  }

  private void attackSignatures() {
    report.attack(
        "Request that is not signed",
        "FAPI2-MS 5.3.1-1",
        () -> client.par().withoutRequestObject().send());
    report.attack(
        "Request object with the algorithm none",
        "FAPI2-MS 5.3.1-1, FAPI2-SP 5.4.1-1.3",
        () -> client.par().requestObject(jwt -> jwt.alg("none")).send());
    report.attack(
        "Request object for another server",
        "FAPI2-MS 5.3.1-2",
        () ->
            client
                .par()
                .requestObject(jwt -> jwt.claim("aud", "https://elsewhere.example"))
                .send());
    String replayed = client.par().expect().exchange().sentForm().get("request").orElseThrow();
    report.attack(
        "Request object used twice",
        "RFC9101 10.2-1",
        () -> client.par().beside("request", replayed).send());
    report.attack(
        "Response that is not signed",
        "FAPI2-MS 5.4.1-1",
        () -> client.par().with("response_mode", "query").send());
  }

  private void attackClientAuthentication() {
    if (!client.auth().needsAssertion()) {
      report.attack(
          "Client without its certificate",
          "FAPI2-SP 5.3.2.2-4, RFC8705 2-1",
          () -> client.par().withoutCertificate().send());
      return;
    }
    String replayed = client.newAssertion().sign();
    client.par().with("client_assertion", replayed).expect();
    report.attack(
        "Client assertion used twice",
        "RFC7523 3-7",
        () -> client.par().with("client_assertion", replayed).send());
    String tokenEndpoint = client.discovery().endpoint("token_endpoint", false).toString();
    report.attack(
        "Client assertion made out to the token endpoint",
        "FAPI2-SP 5.3.2.1-8",
        () -> client.par().assertion(jwt -> jwt.audience(tokenEndpoint)).send());
  }

  private void attackTokenEndpoint() {
    Authorized forUnbound = client.authorize(sample.username(), sample.password());
    if (client.constraint() == SenderConstraint.DPOP) {
      report.attack(
          "Token request without a DPoP proof",
          "FAPI2-SP 5.3.2.1-4, RFC9449 10-1",
          () -> client.token(forUnbound).withoutProof().send());
    } else {
      report.attack(
          "Token request without a client certificate",
          "FAPI2-SP 5.3.2.1-4",
          () -> client.token(forUnbound).withoutCertificate().send());
    }
    Authorized twice = client.authorize(sample.username(), sample.password());
    client.token(twice).expect();
    report.attack(
        "Authorization code used twice", "FAPI2-SP 5.3.2.2-9", () -> client.token(twice).send());
    report.attack(
        "Password grant",
        "FAPI2-SP 5.3.2.1-2",
        () ->
            client
                .grant("password")
                .with("username", sample.username())
                .with("password", sample.password())
                .send());
  }

  private void attackApi(URI api) {
    Tokens tokens = client.tokens(sample.username(), sample.password());
    new ApiAttacks(client, sample, api, report).run(tokens);
  }

  private void attackResource() {
    Tokens tokens = client.tokens(sample.username(), sample.password());
    if (client.constraint() == SenderConstraint.DPOP) {
      report.attack(
          "Access token with a proof by somebody else's key",
          "RFC9449 4.3-12",
          () -> client.userinfo(tokens).proof(jwt -> jwt.key(ClientKeys.es256())).send());
      report.attack(
          "Stolen access token sent as Bearer",
          "RFC9449 7.2-1",
          () ->
              client
                  .userinfo(tokens)
                  .withoutProof()
                  .header("Authorization", "Bearer " + tokens.accessToken())
                  .send());
    } else {
      ClientCertificate other = sample.somebodyElsesCertificate();
      FapiClient thief = client.but().tls(sample.tls(null), sample.tls(other)).build();
      report.attack(
          "Access token over somebody else's certificate",
          "RFC8705 3-2",
          () -> thief.userinfo(tokens).send());
      report.attack(
          "Stolen access token without a certificate",
          "RFC8705 3-2",
          () -> client.userinfo(tokens).withoutCertificate().send());
    }
    if (client.signsResources()) {
      report.attack(
          "Resource request signed with another key",
          "FAPI2-HS 5.3.1.2-1",
          () -> client.userinfo(tokens).signature(s -> s.key(ClientKeys.es256())).send());
      report.attack(
          "Resource request changed after it was signed",
          "FAPI2-HS 5.3.1.2-2",
          () -> client.userinfo(tokens).tamper("Signature", "sig1=:AAAA:").send());
    }
    report.check(
        client.userinfo(tokens).send().status() == 200, "its owner can still use that token");
  }
}
