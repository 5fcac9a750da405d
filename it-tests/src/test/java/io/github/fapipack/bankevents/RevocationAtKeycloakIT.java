package io.github.fapipack.bankevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.page.AccountConsole;
import io.github.fapipack.it.samples.SampleUser;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A consent is revoked at Keycloak: the bank's consent service is told until it knows. */
class RevocationAtKeycloakIT {
  private static final String API = "grant_management_query grant_management_revoke";

  private static BankRealm bank;
  private static TestRealm realm;

  private FapiClient client;

  @BeforeAll
  static void start() {
    bank = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE);
    realm = bank.realm();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @BeforeEach
  void register() {
    client = TestClient.in(realm).scope("openid " + API).register();
  }

  @AfterEach
  void recover() {
    bank.service().recover();
  }

  private LodgedConsent lodge() {
    return bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
  }

  private FapiRequest<Pushed> par(LodgedConsent consent) {
    return client.par().with("scope", "openid consent:" + consent.id());
  }

  private Tokens tokens(LodgedConsent consent) {
    return tokens(par(consent), TestRealm.USERNAME, realm.password());
  }

  private Tokens tokens(FapiRequest<Pushed> par, String user, String password) {
    return client
        .token(
            client
                .visit(par.expect())
                .as(user, password)
                .choosing(form -> form.add("account", "current"))
                .expectCode())
        .expect();
  }

  private static AdminClient admin() {
    return realm.admin();
  }

  private static String path(String rest) {
    return "/" + realm.name() + rest;
  }

  private static void eventually(BooleanSupplier condition) {
    Instant end = Instant.now().plus(Duration.ofSeconds(40));
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private void expectTold(LodgedConsent consent, String by) {
    eventually(() -> !bank.service().calls(Operation.REVOKE, consent.id()).isEmpty());
    assertThat(consent.revocation().path("by").asText()).isEqualTo(by);
    assertThat(consent.revocation().path("at").asLong())
        .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(60L));
    assertThat(consent.status()).isEqualTo("revoked");
  }

  private String grantOf() {
    JsonNode grants = admin().get(path("/fapi/grants?client=" + client.clientId())).path("grants");
    assertThat(grants).hasSize(1);
    return grants.get(0).path("id").asText();
  }

  @Test
  @Accepts(by = "ConsentOutbox", value = "CB 4-2")
  void theUserRevokesTheConsentInTheAccountConsole() {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);
    AccountConsole console = AccountConsole.of(realm);
    Tokens own = Tokens.of(console.signIn());

    assertThat(
            console
                .client()
                .resource(
                    URI.create(
                        realm.issuer() + "/account/applications/" + client.clientId() + "/consent"),
                    own)
                .method("DELETE")
                .send()
                .status())
        .isEqualTo(204);

    client.refresh(tokens).expectError("invalid_grant");
    expectTold(consent, "user");
  }

  @Test
  void theUserRevokesTheGrantOnTheGrantsPage() {
    LodgedConsent consent = lodge();
    LoginPage browser = client.browser();
    Tokens tokens =
        client
            .token(
                client
                    .visit(par(consent).expect())
                    .in(browser)
                    .as(TestRealm.USERNAME, realm.password())
                    .choosing(form -> form.add("account", "current"))
                    .expectCode())
            .expect();
    URI page = URI.create(realm.issuer() + "/fapi-grants/" + grantOf());
    String secret = browser.open(page).page().select("[name=stateChecker]").attr("value");

    browser.post(page, new NamedValues().set("stateChecker", secret));

    client.refresh(tokens).expectError("invalid_grant");
    expectTold(consent, "user");
  }

  @Test
  @Accepts(by = "ConsentOutbox", value = "CB 4-2")
  void anAdministratorRevokesTheConsentToTheClient() {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);

    admin()
        .send("DELETE", path("/users/" + bank.subject() + "/consents/" + client.clientId()), null);

    client.refresh(tokens).expectError("invalid_grant");
    expectTold(consent, "administrator");
    client
        .par()
        .with("scope", "openid consent:" + consent.id())
        .expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "ConsentOutbox", value = "CB 4-2")
  void anAdministratorRevokesTheGrant() {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);

    assertThat(admin().send("DELETE", path("/fapi/grants/" + grantOf()), null).status())
        .isEqualTo(204);

    client.refresh(tokens).expectError("invalid_grant");
    expectTold(consent, "administrator");
  }

  @Test
  void theClientRevokesTheGrantByItsApi() {
    LodgedConsent consent = lodge();
    Tokens tokens =
        tokens(
            par(consent).with("grant_management_action", "create"),
            TestRealm.USERNAME,
            realm.password());
    String grant = tokens.exchange().json().path("grant_id").asText();
    Tokens api = client.clientCredentials().expect();

    assertThat(
            client
                .resource(URI.create(realm.issuer() + "/grants/" + grant), api)
                .method("DELETE")
                .send()
                .status())
        .isEqualTo(204);

    client.refresh(tokens).expectError("invalid_grant");
    expectTold(consent, "client");
  }

  @Test
  void theUserIsDeleted() {
    String name = "u" + UUID.randomUUID().toString().substring(0, 8);
    String id = admin().createUser(realm.name(), SampleUser.json(name, "Secret-123456"));
    LodgedConsent consent = lodge();
    tokens(par(consent), name, "Secret-123456");

    assertThat(admin().send("DELETE", path("/users/" + id), null).status()).isEqualTo(204);

    expectTold(consent, "administrator");
  }

  @Test
  void theClientIsDeleted() {
    LodgedConsent consent = lodge();
    tokens(consent);

    admin().deleteClient(realm.name(), client.clientId());

    expectTold(consent, "administrator");
  }

  @Test
  @Rejects(by = "ConsentOutbox", value = "CB 4-2")
  void aServiceThatIsDownIsToldWhenItIsBack() {
    LodgedConsent consent = lodge();
    tokens(consent);
    LodgedConsent second = lodge();
    Tokens tokens = tokens(second);
    bank.service().misbehave(Operation.REVOKE, Misbehaviour.ERROR);

    admin()
        .send("DELETE", path("/users/" + bank.subject() + "/consents/" + client.clientId()), null);
    client.refresh(tokens).expectError("invalid_grant");
    eventually(() -> calls(consent) + calls(second) >= 2);

    bank.service().recover();
    long failed = calls(consent) + calls(second);
    eventually(() -> calls(consent) + calls(second) >= failed + 2);
    assertThat(consent.revocation().path("by").asText()).isEqualTo("administrator");
    LockSupport.parkNanos(Duration.ofSeconds(12).toNanos());
    assertThat(calls(consent) + calls(second)).as("told once").isEqualTo(failed + 2);
  }

  private static long calls(LodgedConsent consent) {
    return bank.service().calls(Operation.REVOKE, consent.id()).size();
  }

  @Test
  void aConsentThatTheServiceHasForgottenCountsAsTold() {
    LodgedConsent consent =
        bank.service().lodge(ConsentDraft.forAccounts(client.clientId()).id("urn:bank:once"));
    tokens(consent);
    bank.service().forget(consent.id());

    admin()
        .send("DELETE", path("/users/" + bank.subject() + "/consents/" + client.clientId()), null);

    eventually(() -> calls(consent) >= 1);
    LockSupport.parkNanos(Duration.ofSeconds(12).toNanos());
    assertThat(calls(consent)).isEqualTo(1);
  }

  @Test
  void theBankNeedNotBeToldOfWhatItSaysMeanwhile() {
    LodgedConsent consent = lodge();
    tokens(consent);
    bank.service().misbehave(Operation.REVOKE, Misbehaviour.ERROR);
    admin()
        .send("DELETE", path("/users/" + bank.subject() + "/consents/" + client.clientId()), null);
    eventually(() -> calls(consent) >= 1);

    assertThat(Revoker.of(realm, SenderConstraint.DPOP).revoke(consent.id())).isEqualTo(204);

    long before = calls(consent);
    bank.service().recover();
    LockSupport.parkNanos(Duration.ofSeconds(15).toNanos());
    assertThat(calls(consent)).isEqualTo(before);
  }

  @Test
  void revokingATokenLeavesTheConsent() {
    LodgedConsent consent = lodge();
    Tokens tokens = tokens(consent);

    client.revoke(tokens.refreshToken()).expect();

    client.refresh(tokens).expectError("invalid_grant");
    LockSupport.parkNanos(Duration.ofSeconds(7).toNanos());
    assertThat(calls(consent)).isZero();
    assertThat(consent.status()).isEqualTo("authorised");
  }
}
