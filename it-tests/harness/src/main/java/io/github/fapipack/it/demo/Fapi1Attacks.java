package io.github.fapipack.it.demo;

import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.client.Tokens;
import java.util.function.Consumer;

/** Requests that FAPI 1.0 Advanced must refuse. */
final class Fapi1Attacks {
  private final FapiClient jarm;
  private final SampleClient sample;
  private final boolean openId;
  private final FlowReport report;

  Fapi1Attacks(FapiClient client, SampleClient sample, boolean openId, FlowReport report) {
    this.jarm = client.but().responseMode("jwt").build();
    this.sample = sample;
    this.openId = openId;
    this.report = report;
  }

  void run() {
    attackRequests();
    attackPushedRequests();
    attackClientAuthentication();
    attackTokenEndpoint();
    if (openId) {
      attackResource();
    }
  }

  private void attackRequests() {
    report.attackInBrowser(
        "Authorization request that is not signed",
        "FAPI1-ADV 5.2.2-1",
        () -> jarm.visitWithoutPar().as(sample.username(), sample.password()).open());
    byValue(
        "Request object with the algorithm none",
        "FAPI1-ADV 5.2.2-1, 8.6-3",
        object -> object.alg("none"));
    byValue(
        "Request object for another server",
        "FAPI1-ADV 5.2.2-15",
        object -> object.claim("aud", "https://elsewhere.example"));
    byValue("Request object without an end", "FAPI1-ADV 5.2.2-13", object -> object.without("exp"));
    byValue(
        "Code without anything that signs the response",
        "FAPI1-ADV 5.2.2-2",
        object -> object.claim("response_type", "code").without("response_mode"));
    byValue(
        "Access token by way of the browser",
        "FAPI1-ADV 5.2.2-2",
        object -> object.claim("response_type", "code id_token token"));
    byValue(
        "Redirect URI that stands only beside the request object",
        "FAPI1-ADV 5.2.2-10, FAPI1-BASE 5.2.2-9",
        jarm.visitByValue(object -> object.without("redirect_uri"))
            .with("redirect_uri", jarm.redirectUri()));
  }

  private void byValue(String attack, String clauses, Consumer<RequestObject> edit) {
    byValue(attack, clauses, jarm.visitByValue(edit));
  }

  private void byValue(String attack, String clauses, AuthorizationVisit visit) {
    report.attackInBrowser(
        attack, clauses, () -> shown(visit.as(sample.username(), sample.password()).open()));
  }

  /** The response with the parameters of its response JWT, also for errors. */
  private FrontChannelAnswer shown(FrontChannelAnswer answer) {
    String response = answer.parameter("response");
    return response == null
        ? answer
        : new FrontChannelAnswer(answer.hops(), answer.target(), jarm.verifiedResponse(response));
  }

  private void attackPushedRequests() {
    report.attack(
        "Pushed request without PKCE",
        "FAPI1-ADV 5.2.2-18",
        () -> jarm.par().without("code_challenge").without("code_challenge_method").send());
    report.attack(
        "Pushed request that is not signed",
        "FAPI1-ADV 5.2.2-1",
        () -> jarm.par().withoutRequestObject().send());
    String replayed = jarm.par().expect().exchange().sentForm().get("request").orElseThrow();
    report.attack(
        "Request object pushed twice",
        "RFC9101 10.2-1",
        () -> jarm.par().beside("request", replayed).send());
  }

  private void attackClientAuthentication() {
    if (!jarm.auth().needsAssertion()) {
      report.attack(
          "Client without its certificate",
          "FAPI1-ADV 5.2.2-14",
          () -> jarm.par().withoutCertificate().send());
      return;
    }
    report.attack(
        "Request that names two clients",
        "FAPI1-BASE 5.2.2-19",
        () -> jarm.par().with("client_id", "somebody-else").send());
    report.attack(
        "Client assertion made out to another server",
        "FAPI1-ADV 5.2.2-14",
        () -> jarm.par().assertion(jwt -> jwt.audience("https://elsewhere.example")).send());
  }

  private void attackTokenEndpoint() {
    Authorized authorized = authorized();
    report.attack(
        "Token request without a client certificate",
        "FAPI1-ADV 5.2.2-5",
        () -> jarm.token(authorized).withoutCertificate().send());
    report.attack(
        "Token bound to a DPoP key instead",
        "FAPI1-ADV 5.2.2-6",
        () -> jarm.token(authorized).proof(proof -> {}).send());
    jarm.token(authorized).expect();
    report.attack(
        "Authorization code used twice",
        "FAPI1-BASE 5.2.2-13",
        () -> jarm.token(authorized).send());
  }

  private void attackResource() {
    Tokens tokens = jarm.token(authorized()).expect();
    FapiClient thief =
        jarm.but().tls(sample.tls(null), sample.tls(sample.somebodyElsesCertificate())).build();
    report.attack(
        "Access token over somebody else's certificate",
        "FAPI1-ADV 8.2-p1, RFC8705 3-2",
        () -> thief.userinfo(tokens).send());
    report.attack(
        "Stolen access token without a certificate",
        "FAPI1-ADV 8.2-p1",
        () -> jarm.userinfo(tokens).withoutCertificate().send());
    report.check(
        jarm.userinfo(tokens).send().status() == 200, "its owner can still use that token");
    sample.api().ifPresent(api -> new ApiAttacks(jarm, sample, api, report).run(tokens));
  }

  private Authorized authorized() {
    return jarm.visitByValue(object -> {}).as(sample.username(), sample.password()).expectCode();
  }
}
