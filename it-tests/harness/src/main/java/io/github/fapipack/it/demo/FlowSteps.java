package io.github.fapipack.it.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.oauth2.sdk.auth.X509CertificateConfirmation;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.AuthorizationVisit;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.Discovery;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** A whole FAPI 2.0 flow, one method for each step; FAPI 1.0 uses those from the code on. */
final class FlowSteps {
  private static final Set<String> ALGORITHMS = Set.of("PS256", "ES256", "EdDSA", "Ed25519");

  private final FapiClient client;
  private final SampleClient sample;
  private final boolean openId;
  private final FlowReport report;

  FlowSteps(FapiClient client, SampleClient sample, boolean openId, FlowReport report) {
    this.client = client;
    this.sample = sample;
    this.openId = openId;
    this.report = report;
  }

  void run() {
    discover();
    Authorized authorized = logIn(push());
    Tokens tokens = redeem(authorized);
    if (openId) {
      userinfo(tokens, idToken(tokens, authorized.nonce()));
    }
    sample.api().ifPresent(api -> new ApiSteps(client, api, report).readAccounts(tokens));
    Tokens refreshed = refresh(tokens, "FAPI2-SP 5.3.2.1-9, RFC9449 5-3");
    client.refresh(tokens).expect();
    report.verified("the first refresh token still works: nothing was rotated");
    revoke(refreshed, introspect(refreshed));
  }

  private void discover() {
    report.step("Discovery", "FAPI2-SP 5.3.2.1-1, RFC8414");
    Discovery discovery = client.discover();
    JsonNode metadata = discovery.exchange().json();
    report.line("GET " + discovery.exchange().uri() + " <- " + discovery.exchange().status());
    for (String name :
        List.of(
            "issuer",
            "pushed_authorization_request_endpoint",
            "authorization_endpoint",
            "token_endpoint",
            "require_pushed_authorization_requests",
            "response_types_supported",
            "token_endpoint_auth_methods_supported",
            "token_endpoint_auth_signing_alg_values_supported",
            "dpop_signing_alg_values_supported",
            "grant_types_supported")) {
      report.line("   " + name + ": " + metadata.path(name));
    }
    report.verified("the issuer is the one that was asked for");
    report.check(
        metadata.path("require_pushed_authorization_requests").asBoolean(),
        "pushed authorization requests are required");
    report.check(
        metadata.path("authorization_response_iss_parameter_supported").asBoolean(),
        "authorization responses carry the issuer");
    requireOnly(metadata, "response_types_supported", Set.of("code"));
    requireOnly(metadata, "code_challenge_methods_supported", Set.of("S256"));
    requireOnly(metadata, "token_endpoint_auth_signing_alg_values_supported", ALGORITHMS);
    requireOnly(metadata, "dpop_signing_alg_values_supported", ALGORITHMS);
  }

  void requireOnly(JsonNode metadata, String name, Set<String> allowed) {
    List<String> values =
        StreamSupport.stream(metadata.path(name).spliterator(), false)
            .map(JsonNode::asText)
            .toList();
    report.check(
        !values.isEmpty() && allowed.containsAll(values), name + " lists only what FAPI allows");
  }

  private Pushed push() {
    return push("FAPI2-SP 5.3.2.2-2, -5, -12, RFC9126");
  }

  Pushed push(String clauses) {
    report.step("Pushed authorization request", clauses);
    Pushed pushed = client.par().expect();
    report.exchange(pushed.exchange());
    report.check(pushed.expiresIn() < 600, "the request URI lives less than 600 seconds");
    if (stored(pushed.exchange())) {
      report.note("caches are not told to leave the answer alone");
    }
    return pushed;
  }

  private Authorized logIn(Pushed pushed) {
    return logIn(client.visit(pushed), "FAPI2-SP 5.3.2.2-7, -10, -11, -13, RFC9207");
  }

  Authorized logIn(AuthorizationVisit visit, String clauses) {
    report.step("Login and consent", clauses);
    report.line("the browser is sent to " + visit.address());
    Authorized authorized = visit.as(sample.username(), sample.password()).expectCode();
    FrontChannelAnswer answer = authorized.answer();
    answer.hops().forEach(report::hop);
    report.line("and so comes back to " + authorized.redirectUri() + " with");
    if (client.but().expectsSignedResponses()) {
      NamedValues.parse(answer.target().getRawQuery())
          .get("response")
          .ifPresent(jwt -> report.jwt("response", jwt));
      report.verified("signature, algorithm, issuer, audience and expiry of the response hold");
    }
    answer
        .parameters()
        .entries()
        .forEach(parameter -> report.value(parameter.getKey(), parameter.getValue()));
    report.verified("state and issuer are the expected ones");
    redirects(answer);
    return authorized;
  }

  private void redirects(FrontChannelAnswer answer) {
    List<Integer> statuses =
        answer.answersToPosts().stream().map(HttpExchange::status).distinct().toList();
    report.check(
        !statuses.contains(307) && !statuses.contains(308),
        "no redirect made the browser send its form once more");
    if (statuses.contains(302)) {
      report.note("FAPI would rather see 303 than 302 after a form");
    }
  }

  private Tokens redeem(Authorized authorized) {
    return redeem(authorized, "FAPI2-SP 5.3.2.1-4, -5, -6, -8, 5.4.1-1.2");
  }

  Tokens redeem(Authorized authorized, String clauses) {
    report.step("Code for tokens", clauses);
    Tokens tokens = client.token(authorized).expect();
    report.exchange(tokens.exchange());
    report.jwt("access token", tokens.accessToken());
    bound(tokens);
    report.check(
        ALGORITHMS.contains(String.valueOf(tokens.accessHeader().get("alg"))),
        "the access token is signed with an algorithm that FAPI allows");
    report.check(!stored(tokens.exchange()), "no cache may store the answer");
    return tokens;
  }

  private String idToken(Tokens tokens, String nonce) {
    return idToken(tokens, nonce, "FAPI2-SP 5.3.2.3-p1, 5.4.1-1.2");
  }

  String idToken(Tokens tokens, String nonce, String clauses) {
    report.step("ID token", clauses);
    report.jwt("ID token", tokens.idToken());
    String subject = client.verifiedIdToken(tokens, nonce).getSubject().getValue();
    report.verified("signature, algorithm, issuer, audience, times and nonce hold");
    return subject;
  }

  private void userinfo(Tokens tokens, String subject) {
    userinfo(tokens, subject, "FAPI2-SP 5.3.4-1, -5");
  }

  void userinfo(Tokens tokens, String subject, String clauses) {
    report.step("Userinfo, a protected resource", clauses);
    HttpExchange answer = client.userinfo(tokens).send().expectStatus(200);
    report.exchange(answer);
    report.check(
        subject.equals(answer.json().path("sub").asText()), "the subject is that of the ID token");
    if (client.signsResources()) {
      client.verifiedAnswer(answer);
      report.verified(
          "the answer is signed by the server, for this very request (FAPI2-HS 5.3.2.2, RFC9421)");
    }
  }

  Tokens refresh(Tokens tokens, String clauses) {
    report.step("Refresh", clauses);
    Tokens refreshed = client.refresh(tokens).expect();
    report.exchange(refreshed.exchange());
    bound(refreshed);
    return refreshed;
  }

  /** Returns whether the server answers this client's introspection of the token. */
  boolean introspect(Tokens tokens) {
    report.step("Introspection", "RFC7662, RFC9449 6.2-1, RFC8705 3.2-1");
    HttpExchange answer = client.introspect(tokens.accessToken()).send().expectStatus(200);
    report.exchange(answer);
    JsonNode said = client.introspection(answer);
    if (client.signedIntrospection()) {
      report.jwt("introspection response", answer.body());
      report.verified("signature, type, issuer and audience of the answer hold (RFC9701 5)");
    }
    if (!said.path("active").asBoolean()) {
      // A server may disclose a token's state only to the resource server for which it was issued.
      report.note(
          "the server tells this client nothing about its own token; Keycloak answers only where"
              + " the caller is in the token's audience or is exempt from that check");
      return false;
    }
    report.check(
        expectedThumbprint().equals(said.path("cnf").path(confirmation()).asText()),
        "the answer says what the token is bound to");
    return true;
  }

  void revoke(Tokens tokens, boolean introspectable) {
    report.step("Revocation", "RFC7009");
    report.exchange(client.revoke(tokens.refreshToken()).send().expectStatus(200));
    client.refresh(tokens).expectError("invalid_grant");
    report.verified("the refresh token is dead");
    if (introspectable) {
      report.check(
          !client.introspect(tokens.accessToken()).expect().path("active").asBoolean(),
          "the access token is reported as inactive");
    }
    if (openId) {
      HttpExchange answer = client.userinfo(tokens).send();
      report.check(
          answer.status() == 401,
          "userinfo refuses the access token: " + answer.status() + " " + answer.error());
    }
    sample.api().ifPresent(api -> new ApiSteps(client, api, report).refuses(tokens));
  }

  private void bound(Tokens tokens) {
    report.check(
        client.constraint().tokenType().equalsIgnoreCase(tokens.tokenType()),
        "the token type is " + client.constraint().tokenType());
    report.check(
        expectedThumbprint().equals(tokens.confirmation(confirmation())),
        "the access token is bound to this client's "
            + (client.constraint() == SenderConstraint.DPOP ? "DPoP key" : "certificate"));
  }

  private String confirmation() {
    return client.constraint() == SenderConstraint.DPOP ? "jkt" : "x5t#S256";
  }

  private String expectedThumbprint() {
    try {
      return client.constraint() == SenderConstraint.DPOP
          ? client.dpopKey().computeThumbprint().toString()
          : X509CertificateConfirmation.of(sample.certificate().orElseThrow().certificate())
              .getValue()
              .toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean stored(HttpExchange exchange) {
    return exchange.headers().all("Cache-Control").stream()
        .noneMatch(value -> value.contains("no-store"));
  }
}
