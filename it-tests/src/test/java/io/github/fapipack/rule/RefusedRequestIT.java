package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every refused request can be found once by its interaction id, whether a rule or Keycloak refused
 * it.
 */
class RefusedRequestIT {
  private static final String ID = "x-fapi-interaction-id";
  private static final String AUTHENTICATION = "client-authentication";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static RefusedRequests refused;
  private static FapiClient client;
  private static FapiClient disabled;
  private static FapiClient certified;
  private static Tokens tokens;

  @BeforeAll
  static void obtainTokens() {
    refused = new RefusedRequests(realm);
    client = TestClient.in(realm).register();
    tokens = client.tokens(TestRealm.USERNAME, realm.password());
    disabled = TestClient.in(realm).register();
    realm
        .admin()
        .updateClient(
            realm.name(),
            realm.admin().client(realm.name(), disabled.clientId()).put("enabled", false));
    certified = TestClient.in(realm).auth(ClientAuth.TLS_CLIENT_AUTH).register();
  }

  /** Name of the case, the rule or reason, the error, the client or named client, the request. */
  static Stream<Arguments> requestsOfNobody() {
    return Stream.of(
        of("wrong key", () -> client.but().privateKeyJwt(ClientKeys.create()).build().par()),
        of("expired assertion", () -> client.par().assertion(a -> a.exp(Duration.ofMinutes(-5)))),
        of("unknown kid", () -> client.par().assertion(a -> a.header("kid", "nobodys"))),
        of(
            "another client's key",
            () -> client.introspect("x").assertion(a -> a.key(ClientKeys.es256()))),
        of("no proof at all", () -> client.revoke("x").assertion(a -> a.without("iss"))));
  }

  private static Arguments of(String name, Supplier<FapiRequest<?>> request) {
    return Arguments.of(name, request);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requestsOfNobody")
  void findsFailedAuthenticationOfAClientThatIsOnlyNamed(
      String name, Supplier<FapiRequest<?>> request) {
    String id = UUID.randomUUID().toString();
    HttpExchange answer = request.get().header(ID, id).send();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header(ID)).isEqualTo(id);

    JsonNode row = only(id);
    assertThat(row.path("error").asText()).isEqualTo("invalid_client");
    assertThat(row.path("mode").asText()).isEqualTo("enforce");
    assertThat(row.path("namedClient").asText()).isEqualTo(client.clientId());
    assertThat(row.path("knownClient").asBoolean()).isTrue();
    assertThat(row.path("client").isNull()).isTrue();
    assertThat(row.path("proven").asBoolean()).isFalse();
    assertThat(row.path("address").asText()).isNotEmpty();
    assertThat(refused.find("client=" + client.clientId() + "&interaction=" + id)).hasSize(1);
    assertThat(ruleOrReason(row)).isNotEmpty();
  }

  @Test
  void findsAnUnknownClientByTheNameThatItSent() {
    String nobody = "nobody-" + UUID.randomUUID();
    String id = UUID.randomUUID().toString();
    client.but().clientId(nobody).build().par().header(ID, id).expectError(401, "invalid_client");

    JsonNode row = only(id);
    assertThat(row.path("namedClient").asText()).isEqualTo(nobody);
    assertThat(row.path("knownClient").asBoolean()).isFalse();
    assertThat(refused.find("client=" + nobody)).hasSize(1);
  }

  @Test
  void findsADisabledClientAndAWrongCertificate() {
    String first = UUID.randomUUID().toString();
    disabled.clientCredentials().header(ID, first).expectError(401, "invalid_client");
    assertThat(ruleOrReason(only(first))).isEqualTo(AUTHENTICATION);
    assertThat(only(first).path("namedClient").asText()).isEqualTo(disabled.clientId());

    String second = UUID.randomUUID().toString();
    certified
        .but()
        .tls(realm.server().pki(), realm.server().pki().clientCa().issue("CN=somebody-else"))
        .build()
        .par()
        .header(ID, second)
        .expectError(401, "invalid_client");
    assertThat(only(second).path("namedClient").asText()).isEqualTo(certified.clientId());

    String third = UUID.randomUUID().toString();
    client.par().withoutAuthentication().header(ID, third).expectError(401, "invalid_client");
    assertThat(only(third).path("endpoint").asText()).isEqualTo("ext/par/request");
  }

  private record Case(
      String name,
      String ruleOrReason,
      String error,
      String endpoint,
      Function<FapiClient, FapiRequest<?>> request) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> requestsOfAClient() {
    return Stream.of(
        new Case(
            "unknown code",
            "invalid_grant",
            "invalid_grant",
            "token",
            by -> by.grant("authorization_code").with("code", "x")),
        new Case(
            "unknown refresh token",
            "invalid_grant",
            "invalid_grant",
            "token",
            by -> by.grant("refresh_token").with("refresh_token", "x")),
        new Case(
            "password grant",
            "fapi2-reject-password-grant",
            "unsupported_grant_type",
            "token",
            by -> by.grant("password").with("username", "x").with("password", "y")),
        new Case(
            "redirect URI of somebody else",
            "fapi2-require-secure-redirect-uri",
            "invalid_request",
            "ext/par/request",
            by -> by.par().with("redirect_uri", "https://evil.example/")),
        new Case(
            "unknown scope",
            "invalid_scope",
            "invalid_scope",
            "ext/par/request",
            by -> by.par().with("scope", "openid nothing-of-the-kind")),
        new Case(
            "plain PKCE",
            "fapi2-require-pkce",
            "invalid_request",
            "ext/par/request",
            by -> by.par().with("code_challenge_method", "plain")),
        new Case(
            "broken DPoP proof",
            null,
            "invalid_dpop_proof",
            "token",
            by -> by.clientCredentials().proof(proof -> proof.claim("htu", "https://x.example/"))));
  }

  @ParameterizedTest
  @MethodSource("requestsOfAClient")
  void findsWhatAnAuthenticatedClientIsRefused(Case one) {
    String id = UUID.randomUUID().toString();
    HttpExchange answer = one.request().apply(client).header(ID, id).send();
    assertThat(answer.status()).as(answer.body()).isBetween(400, 401);

    JsonNode row = only(id);
    assertThat(row.path("client").asText()).isEqualTo(client.clientId());
    assertThat(row.path("proven").asBoolean()).isTrue();
    assertThat(row.path("count").asInt()).isEqualTo(1);
    assertThat(row.path("endpoint").asText()).isEqualTo(one.endpoint());
    assertThat(row.path("error").asText()).isEqualTo(one.error()).isEqualTo(answer.error());
    if (one.ruleOrReason() != null) {
      assertThat(ruleOrReason(row)).isEqualTo(one.ruleOrReason());
      assertThat(refused.find("rule=" + one.ruleOrReason() + "&interaction=" + id)).hasSize(1);
    }
    assertThat(refused.find("rule=fapi2-require-consent&interaction=" + id)).isEmpty();
    assertThat(row.path("seen").asText()).isNotEmpty();
  }

  @Test
  void findsACodeThatIsUsedTwice() {
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    client.token(authorized).expect();
    String id = UUID.randomUUID().toString();
    client.token(authorized).header(ID, id).expectError("invalid_grant");

    assertThat(ruleOrReason(only(id))).isEqualTo("invalid_grant");
    assertThat(only(id).path("client").asText()).isEqualTo(client.clientId());
  }

  @Test
  void findsResourcesRegistrationAndTheAuthorizationEndpoint() {
    String userinfo = UUID.randomUUID().toString();
    client.userinfo(tokens).withoutProof().header(ID, userinfo).send().expectStatus(401);
    assertThat(only(userinfo).path("endpoint").asText()).isEqualTo("userinfo");

    String garbage = UUID.randomUUID().toString();
    client
        .userinfo(tokens)
        .header("Authorization", "Bearer garbage")
        .header(ID, garbage)
        .send()
        .expectStatus(401);
    assertThat(ruleOrReason(only(garbage))).isEqualTo("invalid_token");

    String registration = UUID.randomUUID().toString();
    HttpExchange refusal =
        client
            .get(
                URI.create(realm.issuer() + "/clients-registrations/openid-connect"),
                exchange -> exchange)
            .method("POST")
            .body("application/json", "{}")
            .header(ID, registration)
            .send();
    assertThat(refusal.status()).isBetween(400, 403);
    assertThat(only(registration).path("endpoint").asText())
        .isEqualTo("clients-registrations/openid-connect");

    String page = UUID.randomUUID().toString();
    HttpExchange shown =
        client
            .get(
                URI.create(
                    client.discovery().endpoint("authorization_endpoint", false)
                        + "?response_type=code&client_id=nobody-at-all"),
                exchange -> exchange)
            .header(ID, page)
            .send();
    assertThat(shown.status()).isEqualTo(400);
    assertThat(only(page).path("endpoint").asText()).isEqualTo("auth");
    assertThat(only(page).path("namedClient").asText()).isEqualTo("nobody-at-all");
    assertThat(ruleOrReason(only(page))).isEqualTo("fapi2-require-pushed-authorization-request");

    String grant = UUID.randomUUID().toString();
    client.grant("urn:example:nothing").header(ID, grant).expectError("unsupported_grant_type");
    assertThat(ruleOrReason(only(grant))).isEqualTo("unsupported_grant_type");
    assertThat(only(grant).path("endpoint").asText()).isEqualTo("token");
  }

  @Test
  void recordsNothingOfWhatIsInOrderOrNobodysFault() {
    long before = System.currentTimeMillis();
    FapiClient good = TestClient.in(realm).register();
    Tokens own = good.tokens(TestRealm.USERNAME, realm.password());
    good.refresh(own).expect();
    good.userinfo(own).expect();
    good.introspect("x").expect();
    good.revoke("x").expect();
    FapiClient unwanted = TestClient.in(realm).register();
    unwanted
        .visit(unwanted.par().expect())
        .as(TestRealm.USERNAME, realm.password())
        .refusingConsent()
        .expectError("access_denied");

    assertThat(refused.find("client=" + good.clientId())).isEmpty();
    assertThat(refused.find("from=" + before + "&client=" + unwanted.clientId())).isEmpty();
    assertThat(refused.counted("client=\"" + good.clientId() + "\"")).isZero();
  }

  @Test
  void countsARequestOnceHoweverManyRulesObject() {
    FapiClient careless = TestClient.in(realm).register();
    rollout("report");
    try {
      String id = UUID.randomUUID().toString();
      careless
          .par()
          .without("code_challenge")
          .without("code_challenge_method")
          .assertion(a -> a.audience(realm.issuer() + "/protocol/openid-connect/token"))
          .header(ID, id)
          .expect();
      careless.par().without("code_challenge").without("code_challenge_method").expect();

      JsonNode row = only(id);
      assertThat(row.path("mode").asText()).isEqualTo("report");
      assertThat(row.path("client").asText()).isEqualTo(careless.clientId());
      assertThat(row.path("others")).isNotEmpty();
      assertThat(refused.find("client=" + careless.clientId())).hasSize(2);
      assertThat(refused.find("rule=fapi2-require-pkce&client=" + careless.clientId())).hasSize(2);
      assertThat(refused.counted("client=\"" + careless.clientId() + "\"", "mode=\"report\""))
          .isEqualTo(2);
      JsonNode state =
          realm
              .admin()
              .get("/" + realm.name() + "/fapi/rollout?client=" + careless.clientId())
              .path("clients")
              .path(0);
      assertThat(state.path("wouldFail"))
          .filteredOn(one -> one.path("rule").asText().equals("fapi2-require-pkce"))
          .singleElement()
          .satisfies(one -> assertThat(one.path("count").asInt()).isEqualTo(2));
    } finally {
      rollout("enforce");
    }
  }

  @Test
  void countsInTheMetricWhatWasSent() {
    FapiClient counted = TestClient.in(realm).register();
    String label = "client=\"" + counted.clientId() + "\"";
    for (int i = 0; i < 3; i++) {
      counted.par().with("code_challenge_method", "plain").send();
      counted.grant("authorization_code").with("code", "x").send();
    }

    assertThat(refused.counted(label, "rule=\"fapi2-require-pkce\"", "error=\"invalid_request\""))
        .isEqualTo(3);
    assertThat(refused.counted(label, "rule=\"invalid_grant\"", "mode=\"enforce\"")).isEqualTo(3);
    assertThat(refused.counted(label)).isEqualTo(6);
    assertThat(refused.find("client=" + counted.clientId())).hasSize(6);
  }

  @Test
  void keepsCorrectionsApart() {
    FapiClient old = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
    old.par().expect();

    assertThat(refused.find("client=" + old.clientId())).isEmpty();
    assertThat(refused.find("kind=correction&client=" + old.clientId()))
        .isNotEmpty()
        .allSatisfy(one -> assertThat(one.path("kind").asText()).isEqualTo("correction"));
    assertThat(refused.counted("client=\"" + old.clientId() + "\"")).isZero();
  }

  /** Each line has the id of its own request, whatever thread wrote it. */
  @Test
  void namesTheInteractionInLogAndEvents() throws Exception {
    Map<String, String> ids = new HashMap<>();
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String name = "nobody-" + UUID.randomUUID();
      String id = UUID.randomUUID().toString();
      ids.put(name, id);
      FapiRequest<?> request = client.but().clientId(name).build().par().header(ID, id);
      requests.add(() -> request.send().status());
    }
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (Future<Integer> answer : threads.invokeAll(requests)) {
        assertThat(answer.get()).isEqualTo(401);
      }
    } finally {
      threads.shutdownNow();
    }
    List<String> log = realm.server().log().lines().toList();
    ids.forEach(
        (name, id) ->
            assertThat(log)
                .filteredOn(line -> line.contains("clientId=\"" + name + "\""))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("[" + id + "]")));

    String id = UUID.randomUUID().toString();
    client.grant("authorization_code").with("code", "x").header(ID, id).send();
    assertThat(realm.admin().events(realm.name(), "CODE_TO_TOKEN_ERROR"))
        .extracting(event -> event.path("details").path("fapi_interaction_id").asText())
        .anySatisfy(one -> assertThat(UUID.fromString(one)).isNotNull());
  }

  private static void rollout(String mode) {
    realm.admin().send("PUT", "/" + realm.name() + "/fapi/rollout?mode=" + mode, null);
  }

  private static JsonNode only(String interaction) {
    List<JsonNode> found = refused.of(interaction);
    assertThat(found).as("the refusal " + interaction).hasSize(1);
    assertThat(found.get(0).path("interactionIds").toString()).contains(interaction);
    return found.get(0);
  }

  private static String ruleOrReason(JsonNode row) {
    return row.path("rule").isTextual() ? row.path("rule").asText() : row.path("reason").asText();
  }
}
