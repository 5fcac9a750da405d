package io.github.fapipack.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.replay.CaffeineReplayStore;
import io.github.fapipack.resourceserver.request.ApiBody;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.request.Peer;
import io.github.fapipack.resourceserver.testing.AccessTokenDraft;
import io.github.fapipack.resourceserver.testing.DpopClient;
import io.github.fapipack.resourceserver.testing.Endpoint;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.testing.Trouble;
import io.github.fapipack.resourceserver.token.ClientAuthentication;
import io.github.fapipack.resourceserver.token.IntrospectionSettings;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The whole check of a request, with tokens of an issuer of the tests. */
class FapiResourceServerTest {
  private static final String API = "https://api.example";
  private static final String URI = API + "/accounts?page=1";

  private final TestIssuer issuer = TestIssuer.start(API);
  private final DpopClient client = DpopClient.create();
  private final FapiResourceServer api =
      FapiResourceServer.builder()
          .issuer(issuer.issuer())
          .resource(API)
          .replayStore(new CaffeineReplayStore())
          .introspection(
              IntrospectionSettings.by(
                  new ClientAuthentication.PrivateKeyJwt("api", TestIssuer.newKey())))
          .build();

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void tellsWhoCalls() {
    Granted call = granted(bound().scope("accounts payments").claim("grant_id", "g-1").sign());

    assertThat(call.clientId()).isEqualTo("client-1");
    assertThat(call.subject()).contains("alice");
    assertThat(call.scopes()).containsExactlyInAnyOrder("accounts", "payments");
    assertThat(call.grantId()).contains("g-1");
    assertThat(call.responseFields()).extracting(HttpField::name).contains("x-fapi-interaction-id");
  }

  @Test
  void takesTheSameTokenAgainWithANewProof() {
    String token = bound().scope("accounts").sign();

    granted(token);
    granted(token);
    assertThat(issuer.fetches(Endpoint.JWKS)).isEqualTo(1);
  }

  @Test
  void takesTokensThatTheIssuerVouchesFor() {
    assertThat(granted(bound().scope("accounts").opaque()).clientId()).isEqualTo("client-1");
  }

  @Test
  void refusesARequestWithoutToken() {
    Refused refused = refused(List.of());

    assertThat(refused.problem()).isEqualTo(Problem.NO_TOKEN);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(challenge(refused)).startsWith("DPoP").doesNotContain("error");
  }

  @Test
  void refusesATokenThatBelongsToNobody() {
    String token = issuer.accessToken().scope("accounts").sign();

    assertThat(refused(fields(token)).problem()).isEqualTo(Problem.INVALID_TOKEN);
    assertThat(refused(List.of(new HttpField("Authorization", "Bearer " + token))).problem())
        .isEqualTo(Problem.INVALID_TOKEN);
  }

  @Test
  void refusesATokenOfSomebodyElse() {
    String token = issuer.accessToken().boundTo(TestIssuer.newKey()).scope("accounts").sign();

    assertThat(refused(fields(token)).status()).isEqualTo(401);
  }

  @Test
  void refusesAnExpiredToken() {
    Refused refused = refused(fields(bound().claim("exp", 1).sign()));

    assertThat(refused.problem()).isEqualTo(Problem.INVALID_TOKEN);
    assertThat(challenge(refused)).contains("error=\"invalid_token\"");
    assertThat(refused.body()).contains("invalid_token");
  }

  @Test
  void refusesATokenWithoutTheScope() {
    Refused refused = refused(fields(bound().scope("payments").sign()));

    assertThat(refused.status()).isEqualTo(403);
    assertThat(challenge(refused)).contains("scope=\"accounts\"");
  }

  @Test
  void refusesTheSameProofAgain() {
    List<HttpField> fields = fields(bound().scope("accounts").sign());

    assertThat(check(fields)).isInstanceOf(Granted.class);
    assertThat(refused(fields).problem()).isEqualTo(Problem.INVALID_DPOP_PROOF);
  }

  @Test
  void letsNothingThroughWhenTheIssuerIsDown() {
    issuer.trouble(Endpoint.JWKS, Trouble.down());
    Refused refused = refused(fields(bound().scope("accounts").sign()));

    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.responseFields()).extracting(HttpField::name).contains("Retry-After");
  }

  private AccessTokenDraft bound() {
    return issuer.accessToken().boundTo(client.key());
  }

  private Granted granted(String token) {
    Decision decision = check(fields(token));
    assertThat(decision).as("%s", decision).isInstanceOf(Granted.class);
    return (Granted) decision;
  }

  private Refused refused(List<HttpField> fields) {
    Decision decision = check(fields);
    assertThat(decision).isInstanceOf(Refused.class);
    return (Refused) decision;
  }

  private List<HttpField> fields(String token) {
    return List.of(
        new HttpField("Authorization", "DPoP " + token),
        new HttpField("DPoP", client.proof("GET", URI, token)));
  }

  private Decision check(List<HttpField> fields) {
    ApiRequest request =
        new ApiRequest(
            "GET",
            URI,
            new ArrayList<>(fields),
            ApiBody.NONE,
            new Peer(InetAddress.getLoopbackAddress(), Optional.empty()));
    return api.check(request, Demands.scopes("accounts"));
  }

  private static String challenge(Refused refused) {
    return refused.responseFields().stream()
        .filter(field -> field.name().equalsIgnoreCase("WWW-Authenticate"))
        .map(HttpField::value)
        .findFirst()
        .orElseThrow();
  }
}
