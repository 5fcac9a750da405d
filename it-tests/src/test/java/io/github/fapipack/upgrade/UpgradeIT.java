package io.github.fapipack.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Acknowledged;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.CibaClient;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.device.AuthenticationDevice;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.server.DistributionServer;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.Progress;
import io.github.fapipack.it.server.ServerSettings;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.SupportedKeycloak;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.time.Await;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A server with realms, clients, sessions and grants of the previous release continues after an
 * upgrade of the pack: same database, same stored policies, same tokens.
 */
class UpgradeIT {
  private static final String DETAILS =
      "[{\"type\":\"account_information\",\"identifier\":\"one\","
          + "\"actions\":[\"list_accounts\"],\"recurring\":true,\"validTo\":\"2050-12-31\"}]";
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(6);
  private static final String GRANT_API = "grant_management_query grant_management_revoke";

  @RegisterExtension
  static final ServerLogOnFailure LOG = ServerLogOnFailure.of(() -> UpgradeIT.server);

  private static DistributionServer server;

  private static TestRealm fapi2;
  private static FapiClient client;
  private static Tokens sessionTokens;
  private static FapiClient older;
  private static Tokens olderTokens;
  private static FapiClient twice;
  private static List<Tokens> twiceTokens;
  private static Tokens grantTokens;
  private static DynamicRegistration registration;
  private static ClientKeys registeredKeys;
  private static HttpExchange registered;

  private static TestRealm signing;
  private static FapiClient signer;
  private static Tokens signerTokens;

  private static TestRealm fapi1;
  private static FapiClient jarm;
  private static Tokens jarmTokens;

  private static TestRealm ciba;
  private static CibaClient decoupled;
  private static Tokens cibaTokens;

  @BeforeAll
  static void upgradeAServerThatIsInUse() {
    SupportedKeycloak.assume();
    Harness harness = Harness.fromSystemProperties();
    assumeThat(harness.launcher()).isEqualTo("distribution");
    PreviousRelease previous = new PreviousRelease(harness);
    AuthenticationDevice device =
        AuthenticationDevice.answering(AuthenticationDevice.Decision.SUCCEED);
    server =
        DistributionServer.start(
            harness.withOnly(previous.jars()),
            ServerSettings.onFreePorts(harness.workFolder("upgrade-server"))
                .withStartOptions(device.serverOption()),
            Progress.to(System.out));
    device.trust(server.pki().sslContext(null));
    fapi2 = TestRealm.create(server, previous.realm("fapi2-security-profile"));
    signing = TestRealm.create(server, previous.realm("fapi2-message-signing"));
    fapi1 = TestRealm.create(server, previous.realm("fapi1-advanced"));
    ciba = TestRealm.create(server, previous.realm("fapi-ciba"));
    useFapi2();
    useTheOthers();

    server.restartWith(harness.jars(), Progress.to(System.out));
  }

  private static void useFapi2() {
    client = TestClient.in(fapi2).scope("openid email " + GRANT_API).register();
    sessionTokens = client.tokens(TestRealm.USERNAME, fapi2.password());
    client.par().without("code_challenge").expectError("invalid_request");
    older = TestClient.in(fapi2).made(ClientOrigin.BEFORE_POLICY).register();
    olderTokens = older.tokens(TestRealm.USERNAME, fapi2.password());
    twice = TestClient.in(fapi2).register();
    LoginPage browser = twice.browser();
    twiceTokens = List.of(tokens(browser), tokens(browser));
    grantTokens = grant();
    registration = DynamicRegistration.in(fapi2);
    registeredKeys = ClientKeys.create();
    registered =
        registration.register(DynamicRegistration.metadata(registeredKeys)).expectStatus(201);
  }

  private static Tokens tokens(LoginPage browser) {
    return twice
        .token(
            twice
                .visit(twice.par().expect())
                .in(browser)
                .as(TestRealm.USERNAME, fapi2.password())
                .expectCode())
        .expect();
  }

  private static void useTheOthers() {
    signer = TestClient.in(signing).signing().register();
    signerTokens = signer.tokens(TestRealm.USERNAME, signing.password());
    jarm = TestClient.in(fapi1).fapi1().register();
    jarmTokens = jarm.tokens(TestRealm.USERNAME, fapi1.password());
    decoupled =
        CibaClient.polling(
            TestClient.in(ciba).attribute("oidc.ciba.grant.enabled", "true").register(),
            TestRealm.USERNAME);
    cibaTokens = cibaTokens();
  }

  private static Tokens cibaTokens() {
    Acknowledged acknowledged = decoupled.authenticate().expect();
    return Tokens.of(
        Await.atMost(TIMEOUT)
            .every(PAUSE)
            .until(
                "tokens",
                () -> decoupled.token(acknowledged).send(),
                answer -> answer.status() == 200));
  }

  private static Tokens grant() {
    Authorized authorized =
        client
            .visit(
                client
                    .par()
                    .with("grant_management_action", "create")
                    .with("authorization_details", DETAILS)
                    .expect())
            .as(TestRealm.USERNAME, fapi2.password())
            .choosing(form -> form.set("choice-0", SampleUser.ACCOUNTS.get(0)))
            .expectCode();
    return client.token(authorized).expect();
  }

  private static HttpExchange grantAnswer(String method) {
    URI grant =
        URI.create(
            fapi2.issuer() + "/grants/" + grantTokens.exchange().json().path("grant_id").asText());
    Tokens api = client.clientCredentials().with("scope", GRANT_API).expect();
    return client.resource(grant, api).method(method).send();
  }

  @AfterAll
  static void stopTheServer() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void accessTokensFromBeforeGoOn() {
    assertThat(client.userinfo(sessionTokens).expect().path("email").asText()).contains("@");
    assertThat(isActive(client, sessionTokens)).isTrue();
    signer.userinfo(signerTokens).expect();
    jarm.userinfo(jarmTokens).expect();
  }

  @Test
  void refreshTokensFromBeforeGoOn() {
    Tokens refreshed = client.refresh(sessionTokens).expect();
    assertThat(refreshed.confirmation("jkt")).isEqualTo(sessionTokens.confirmation("jkt"));
    assertThat(refreshed.accessJson().path("sub"))
        .isEqualTo(sessionTokens.accessJson().path("sub"));
    Tokens again = client.refresh(refreshed).expect();
    assertThat(again.refreshToken())
        .isEqualTo(refreshed.refreshToken())
        .isNotEqualTo(sessionTokens.refreshToken());
    assertThat(client.refresh(sessionTokens).expect().refreshToken())
        .isEqualTo(refreshed.refreshToken());
    older.refresh(olderTokens).expect();
    signer.refresh(signerTokens).expect();
    jarm.refresh(jarmTokens).expect();
    decoupled.client().refresh(cibaTokens).expect();
  }

  @Test
  void aRefreshTokenFromBeforeIsRevokedWithWhatItGaveAndNothingElse() {
    Tokens exchanged = twice.refresh(twiceTokens.get(0)).expect();
    Tokens living = twice.refresh(twiceTokens.get(1)).expect();
    assertThat(isActive(twice, twiceTokens.get(0))).isTrue();
    twice.revoke(exchanged.refreshToken()).expect();

    assertThat(isActive(twice, exchanged)).isFalse();
    assertThat(isActive(twice, twiceTokens.get(0))).isFalse();
    twice.refresh(exchanged).expectError("invalid_grant");
    twice.refresh(twiceTokens.get(0)).expectError("invalid_grant");
    twice.userinfo(living).expect();
    twice.userinfo(twice.refresh(twiceTokens.get(1)).expect()).expect();
    twice.revoke(twiceTokens.get(1).refreshToken()).expect();
    twice.userinfo(living).expectError(401, "invalid_token");
    twice.refresh(living).expectError("invalid_grant");
  }

  @Test
  void clientsFromBeforeHaveNewFlows() {
    for (FapiClient any : List.of(client, older)) {
      Authorized authorized = any.authorize(TestRealm.USERNAME, fapi2.password());
      Tokens tokens = any.token(authorized).expect();
      any.verifiedIdToken(tokens, authorized.nonce());
      any.userinfo(tokens).expect();
    }
    signer.userinfo(signer.tokens(TestRealm.USERNAME, signing.password())).expect();
    jarm.userinfo(jarm.tokens(TestRealm.USERNAME, fapi1.password())).expect();
    assertThat(cibaTokens().confirmation("jkt")).isNotBlank();
  }

  @Test
  void theHistoryOfARealmFromBeforeBeginsWithItsNextChange() {
    String fapi = "/" + fapi2.name() + "/fapi/";
    assertThat(fapi2.admin().get(fapi + "history").path("entries")).isEmpty();
    fapi2.admin().send("PUT", fapi + "rollout?mode=report", null);
    String id = fapi2.admin().get(fapi + "history").at("/entries/0/id").asText();

    assertThat(fapi2.admin().send("POST", fapi + "history/" + id + "/undo", null).status())
        .isEqualTo(200);

    assertThat(fapi2.admin().get(fapi + "rollout?max=1").path("mode").asText())
        .isEqualTo("enforce");
  }

  @Test
  void grantsFromBeforeAreQueriedRefreshedAndRevoked() {
    Tokens refreshed = client.refresh(grantTokens).expect();
    assertThat(refreshed.refreshToken()).isEqualTo(grantTokens.refreshToken());
    assertThat(refreshed.accessJson().path("authorization_details").findValuesAsText("identifier"))
        .containsExactly("one");
    assertThat(grantAnswer("GET").expectStatus(200).json().path("authorization_details"))
        .isNotEmpty();

    grantAnswer("DELETE").expectStatus(204);
    client.refresh(grantTokens).expectError("invalid_grant");
    assertThat(isActive(client, refreshed)).isFalse();
  }

  @Test
  void aRegisteredClientFromBeforeReadsAndUpdatesItself() {
    HttpExchange read = registration.read(registered).expectStatus(200);
    ObjectNode metadata = (ObjectNode) read.json();
    metadata.put("client_name", "Renamed");

    HttpExchange updated = registration.update(read, metadata).expectStatus(200);

    assertThat(updated.json().path("client_name").asText()).isEqualTo("Renamed");
    registration.client(updated, registeredKeys).build().par().expect();
  }

  /** Tested together; the tests that follow add further ones. */
  @Test
  void refusalsFromBeforeAreShownBesideNewOnes() {
    client.par().without("code_challenge").expectError("invalid_request");

    JsonNode refusals =
        fapi2
            .admin()
            .get(
                "/"
                    + fapi2.name()
                    + "/fapi/refusals?rule=fapi2-require-pkce&client="
                    + client.clientId())
            .path("refusals");
    assertThat(refusals)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(
            one -> {
              assertThat(one.path("client").asText()).isEqualTo(client.clientId());
              assertThat(one.path("seen").asText()).isNotEmpty();
            })
        .anySatisfy(old -> assertThat(old.path("interactionIds")).isEmpty())
        .anySatisfy(one -> assertThat(one.path("interactionIds")).hasSize(1));
  }

  @Test
  void storedPoliciesAreAsStrictAsBefore() {
    client.par().without("code_challenge").expectError(400, "invalid_request");
    signer.userinfo(signerTokens).withoutSignature().expectError(401, "invalid_request");
    client
        .par()
        .assertion(
            assertion -> assertion.claim("aud", fapi2.issuer() + "/protocol/openid-connect/token"))
        .expectError(401, "invalid_client");
  }

  @Test
  void theDoctorReportsOnRealmsFromBefore() {
    for (TestRealm realm : List.of(fapi2, signing, fapi1, ciba)) {
      JsonNode report = realm.admin().get("/" + realm.name() + "/fapi/report");
      assertThat(report.path("findings").isArray()).isTrue();
    }
  }

  private static boolean isActive(FapiClient by, Tokens tokens) {
    return by.introspect(tokens.accessToken()).expect().path("active").asBoolean();
  }
}
