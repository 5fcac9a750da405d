package io.github.fapipack.bankevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A consent of the bank has one grant, with and without Grant Management. */
class ConsentGrantIT {
  private static BankRealm bank;
  private static TestRealm realm;

  private FapiClient client;
  private LoginPage browser;

  @BeforeAll
  static void start() {
    bank =
        BankRealm.create(
            "fapi2-security-profile", "{\"reference\":{\"scope\":\"consent:\"},\"again\":true}");
    realm = bank.realm();
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  @BeforeEach
  void register() {
    client = TestClient.in(realm).register();
    browser = client.browser();
  }

  private LodgedConsent lodge() {
    return bank.service().lodge(ConsentDraft.of(client.clientId()));
  }

  private Authorized code(LodgedConsent consent, String... parameters) {
    FapiRequest<Pushed> par = client.par().with("scope", "openid consent:" + consent.id());
    for (int i = 0; i < parameters.length; i += 2) {
      par.with(parameters[i], parameters[i + 1]);
    }
    return client
        .visit(par.expect())
        .in(browser)
        .as(TestRealm.USERNAME, realm.password())
        .expectCode();
  }

  private Tokens tokens(LodgedConsent consent, String... parameters) {
    return client.token(code(consent, parameters)).expect();
  }

  private static String grantId(Tokens tokens) {
    return tokens.exchange().json().path("grant_id").asText();
  }

  private boolean isActive(Tokens tokens) {
    return client.introspect(tokens.accessToken()).expect().path("active").asBoolean();
  }

  private int grants() {
    return realm
        .admin()
        .get("/" + realm.name() + "/fapi/grants?client=" + client.clientId())
        .path("grants")
        .size();
  }

  @Test
  void aClientWithoutGrantManagementIsNotToldOfAGrant() {
    Tokens tokens = tokens(lodge());

    assertThat(tokens.exchange().json().has("grant_id")).isFalse();
    assertThat(tokens.accessClaims()).doesNotContainKey("grant_id");
    assertThat(client.introspect(tokens.accessToken()).expect().has("grant_id")).isFalse();
    assertThat(client.refresh(tokens).expect().exchange().json().has("grant_id")).isFalse();
    // APIs have to know it, whether they read tokens or ask about them.
    assertThat(client.introspect(tokens.accessToken()).expect().path("fapi_grant_id").asText())
        .isEqualTo(tokens.accessClaims().get("fapi_grant_id"));
    assertThat(grants()).isEqualTo(1);
  }

  @Test
  void tokensNameTheConsentAndEndWithIt() {
    LodgedConsent consent =
        bank.service().lodge(ConsentDraft.of(client.clientId()).expires(Duration.ofSeconds(100)));

    Tokens tokens = tokens(consent);

    assertThat(tokens.accessClaims()).containsEntry("consent_id", consent.id());
    assertThat(client.introspect(tokens.accessToken()).expect().path("consent_id").asText())
        .isEqualTo(consent.id());
    assertThat(tokens.exchange().json().path("expires_in").asInt()).isBetween(1, 100);
    assertThat(
            client
                .introspect(tokens.refreshToken())
                .with("token_type_hint", "refresh_token")
                .expect()
                .path("exp")
                .asLong())
        .isLessThanOrEqualTo(Instant.now().getEpochSecond() + 100);
  }

  @Test
  void refreshTokensOutliveTheSessionOfTheUser() {
    Tokens tokens = tokens(lodge());

    realm.admin().send("POST", "/" + realm.name() + "/users/" + bank.subject() + "/logout", null);

    assertThat(client.refresh(tokens).expect().accessClaims()).containsKey("consent_id");
  }

  @Test
  void authorisingAConsentAgainReplacesItsGrant() {
    LodgedConsent consent = lodge();
    Tokens first = tokens(consent);
    consent.status("awaiting_authorisation");

    Tokens second = tokens(consent);

    assertThat(grants()).isEqualTo(1);
    assertThat(isActive(first)).isFalse();
    client.refresh(first).expectError("invalid_grant");
    assertThat(isActive(second)).isTrue();
    client.refresh(second).expect();
  }

  @Test
  void aClientMayUseGrantManagementForAConsent() {
    LodgedConsent consent = lodge();
    Tokens first = tokens(consent);
    consent.status("awaiting_authorisation");

    Tokens created = tokens(consent, "grant_management_action", "create");

    assertThat(grantId(created)).isNotEmpty();
    assertThat(created.accessClaims()).containsEntry("grant_id", grantId(created));
    assertThat(grants()).isEqualTo(1);
    client.refresh(first).expectError("invalid_grant");
  }

  @Test
  void aGrantForOneConsentIsNotMergedWithAnother() {
    Tokens created = tokens(lodge(), "grant_management_action", "create");
    Authorized code =
        code(lodge(), "grant_management_action", "merge", "grant_id", grantId(created));

    client.token(code).expectError("invalid_grant");

    assertThat(isActive(created)).isTrue();
    client.refresh(created).expect();
  }

  @Test
  void aReplacedConsentEndsAndTheBankIsTold() {
    LodgedConsent former = lodge();
    LodgedConsent current = lodge();
    Tokens created = tokens(former, "grant_management_action", "create");

    Tokens replaced =
        tokens(current, "grant_management_action", "replace", "grant_id", grantId(created));

    assertThat(grantId(replaced)).isEqualTo(grantId(created));
    assertThat(replaced.accessClaims()).containsEntry("consent_id", current.id());
    assertThat(isActive(created)).isFalse();
    Instant end = Instant.now().plusSeconds(30);
    while (bank.service().calls(Operation.REVOKE, former.id()).isEmpty()) {
      assertThat(Instant.now()).isBefore(end);
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
    assertThat(former.revocation().path("by").asText()).isEqualTo("client");
    assertThat(current.status()).isEqualTo("authorised");
    client.refresh(replaced).expect();
  }

  @Test
  void theConsentOfOneGrantIsNotTakenByAnother() {
    LodgedConsent consent = lodge();
    Tokens first = tokens(consent, "grant_management_action", "create");
    Tokens second = tokens(lodge(), "grant_management_action", "create");
    consent.status("awaiting_authorisation");
    Authorized code =
        code(consent, "grant_management_action", "replace", "grant_id", grantId(second));

    client.token(code).expectError("invalid_grant");

    client.refresh(first).expect();
    client.refresh(second).expect();
  }

  @Test
  void aGrantWithoutAConsentCanGetOne() {
    Tokens plain =
        client
            .token(
                client
                    .visit(client.par().with("grant_management_action", "create").expect())
                    .in(browser)
                    .as(TestRealm.USERNAME, realm.password())
                    .expectCode())
            .expect();
    LodgedConsent consent = lodge();

    Tokens merged = tokens(consent, "grant_management_action", "merge", "grant_id", grantId(plain));

    assertThat(grantId(merged)).isEqualTo(grantId(plain));
    assertThat(merged.accessClaims()).containsEntry("consent_id", consent.id());
  }
}
