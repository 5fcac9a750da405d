package io.github.fapipack.bankevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.Administrator;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bank ends a consent at the admin API: everything that stands on it ends at once. */
class BankRevocationIT {
  private static BankRealm bank;
  private static TestRealm realm;
  private static FapiClient client;
  private static Revoker revoker;

  @BeforeAll
  static void start() {
    bank = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE);
    realm = bank.realm();
    client = TestClient.in(realm).register();
    revoker = Revoker.of(realm, SenderConstraint.DPOP);
  }

  @AfterAll
  static void stop() {
    bank.close();
  }

  private static LodgedConsent lodge() {
    return bank.service().lodge(ConsentDraft.forAccounts(client.clientId()));
  }

  private static Pushed push(LodgedConsent consent) {
    return client.par().with("scope", "openid consent:" + consent.id()).expect();
  }

  private static Authorized code(Pushed pushed) {
    return client
        .visit(pushed)
        .as(TestRealm.USERNAME, realm.password())
        .choosing(form -> form.add("account", "current"))
        .expectCode();
  }

  private static boolean isActive(String token) {
    return isActive(token, "access_token");
  }

  private static boolean isActive(String token, String hint) {
    return client
        .introspect(token)
        .with("token_type_hint", hint)
        .expect()
        .path("active")
        .asBoolean(true);
  }

  @Rejects(by = "BankRevocation", value = "CB 4-1")
  @Accepts(by = "BankRevocation", value = "CB 4-1")
  @ParameterizedTest
  @EnumSource(
      value = SenderConstraint.class,
      names = {"DPOP", "MTLS"})
  void endsTokensOfTheConsentAtOnceAndOnlyThese(SenderConstraint constraint) {
    LodgedConsent consent = lodge();
    Tokens tokens = client.token(code(push(consent))).expect();
    Tokens others = client.token(code(push(lodge()))).expect();
    assertThat(tokens.accessClaims()).containsEntry("consent_id", consent.id());
    assertThat(tokens.exchange().json().has("grant_id")).isFalse();
    assertThat(isActive(tokens.refreshToken(), "refresh_token")).isTrue();

    assertThat(Revoker.of(realm, constraint).revoke(consent.id())).isEqualTo(204);

    assertThat(isActive(tokens.accessToken())).isFalse();
    assertThat(isActive(tokens.refreshToken(), "refresh_token")).isFalse();
    client.refresh(tokens).expectError("invalid_grant");
    client.userinfo(tokens).expectError(401, "invalid_token");
    assertThat(isActive(others.accessToken())).isTrue();
    client.refresh(others).expect();
  }

  @Accepts(by = "ConsentAdminResource", value = "CB 4-4")
  @Test
  void isTheSameEachTime() {
    LodgedConsent consent = lodge();
    client.token(code(push(consent))).expect();

    assertThat(revoker.revoke(consent.id())).isEqualTo(204);
    assertThat(revoker.revoke(consent.id())).isEqualTo(204);
    assertThat(bank.service().calls(Operation.REVOKE, consent.id()))
        .as("the bank knows it already")
        .isEmpty();
  }

  @Rejects(by = "BankRevocation", value = "CB 4-1")
  @Test
  void aCodeGivesNothingAnyMore() {
    LodgedConsent consent = lodge();
    Authorized code = code(push(consent));

    assertThat(revoker.revoke(consent.id())).isEqualTo(204);

    client.token(code).expectError("invalid_grant");
  }

  @Test
  void aPushedRequestIsNotShownToTheUser() {
    LodgedConsent consent = lodge();
    Pushed pushed = push(consent);

    assertThat(revoker.revoke(consent.id())).isEqualTo(204);

    client.visit(pushed).expectError("invalid_request");
    client
        .par()
        .with("scope", "openid consent:" + consent.id())
        .expectError(400, "invalid_request");
  }

  @Test
  void aUserWhoIsLoggingInAuthorisesNothing() {
    LodgedConsent consent = lodge();
    client
        .visit(push(consent))
        .as(TestRealm.USERNAME, realm.password())
        .choosing(
            form -> {
              assertThat(revoker.revoke(consent.id())).isEqualTo(204);
              form.add("account", "current");
            })
        .expectError("access_denied");
  }

  @Test
  void aRequestThatIsOnItsWayIsRefused() {
    LodgedConsent consent = lodge();
    assertThat(revoker.revoke(consent.id())).as("not named yet").isEqualTo(404);

    client
        .par()
        .with("scope", "openid consent:" + consent.id())
        .expectError(400, "invalid_request");
    assertThat(revoker.revoke(consent.id())).isEqualTo(404);
  }

  @Test
  void theAdministratorsSeeIt() {
    LodgedConsent consent = lodge();
    push(consent);
    assertThat(revoker.revoke(consent.id())).isEqualTo(204);

    JsonNode events =
        realm.admin().get("/" + realm.name() + "/admin-events?operationTypes=ACTION&max=1");
    assertThat(events.get(0).path("operationType").asText()).isEqualTo("ACTION");
    assertThat(events.get(0).path("resourcePath").asText()).contains("revoke");
  }

  @Accepts(by = "ConsentAdminResource", value = "CB 4-4")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "urn:bank:C1DD33123",
        "a/b",
        "a//b",
        "/revoke",
        "a;b=c",
        "a%2Fb",
        "100%",
        "?x=y&z#f",
        "~!$'()*",
        "+,=@",
        "[a]",
        "{a}",
        "a|b^c",
        "`a",
        "<b>",
        "CaseMatters"
      })
  void anIdMayHaveAnyVisibleCharacters(String id) {
    LodgedConsent consent =
        bank.service()
            .lodge(ConsentDraft.forAccounts(client.clientId()).id(id + System.nanoTime()));
    Pushed pushed = client.par().with("scope", "openid consent:" + consent.id()).expect();

    assertThat(revoker.revoke(consent.id())).isEqualTo(204);
    client.visit(pushed).expectError("invalid_request");
    assertThat(revoker.revoke(consent.id().toUpperCase(Locale.ROOT) + "x")).isEqualTo(404);
  }

  @Rejects(by = "ConsentAdminResource", value = "CB 4-4")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown",
        "%00",
        "a%00b",
        "%20",
        "a%20b",
        "%0A",
        "%C3%A4",
        "%E2%82%AC",
        "%FF",
        ".",
        "..",
        "%2E",
        "%2E%2E",
        "%2E%2E%2F%2E%2E",
        "'; drop table FAPI_CONSENT; --"
      })
  void whatNobodyHasNamedIsNotFound(String place) {
    HttpExchange answer = revoker.at(place.replace(" ", "%20")).send();

    assertThat(answer.status()).as(answer.toString()).isBetween(400, 405);
  }

  @Test
  void anIdHasAtMost255Characters() {
    assertThat(revoker.revoke("x".repeat(255))).isEqualTo(404);
    assertThat(revoker.revoke("x".repeat(256))).isEqualTo(404);
    assertThat(revoker.revoke("x".repeat(3000))).isBetween(400, 414);
  }

  @Rejects(by = "ConsentAdminResource", value = "CB 4-4")
  @Test
  void theRoleAloneLetsSomebodyEndConsents() {
    LodgedConsent consent = lodge();
    push(consent);

    assertThat(Revoker.powerless(realm).revoke(consent.id())).isEqualTo(403);
    assertThat(revoker.revoke(consent.id())).isEqualTo(204);
  }

  @Test
  void aBearerTokenIsNotEnoughEvenForAnAdministrator() {
    LodgedConsent consent = lodge();
    push(consent);
    String path = "/" + realm.name() + "/fapi/consents/" + consent.id() + "/revoke";

    assertThat(realm.admin().send("POST", path, null).status()).isEqualTo(401);
    assertThat(
            Administrator.of(realm, List.of("manage-fapi-consents", "manage-realm"))
                .send("POST", path, null)
                .status())
        .isEqualTo(401);
    Authorized code = code(push(lodge()));
    client.token(code).expect();
  }

  @Rejects(by = "ConsentAdminResource", value = "CB 4-4")
  @Test
  void aTokenNeedsItsProof() {
    LodgedConsent consent = lodge();
    Tokens tokens = client.token(code(push(consent))).expect();

    assertThat(revoker.request(consent.id()).withoutProof().send().status()).isEqualTo(401);
    assertThat(
            revoker
                .request(consent.id())
                .proof(proof -> proof.key(client.dpopKey()))
                .send()
                .status())
        .isEqualTo(401);
    assertThat(
            Revoker.of(realm, SenderConstraint.MTLS)
                .request(consent.id())
                .withoutCertificate()
                .send()
                .status())
        .isEqualTo(401);
    assertThat(revoker.request(consent.id()).withoutProof().header("Authorization", null).send())
        .extracting(HttpExchange::status)
        .isEqualTo(401);

    assertThat(isActive(tokens.accessToken())).isTrue();
  }

  @Test
  void anotherRealmCannotEndIt() {
    LodgedConsent consent = lodge();
    push(consent);
    try (BankRealm other = BankRealm.create("fapi2-security-profile", BankRealm.BY_SCOPE)) {
      Revoker stranger = Revoker.of(other.realm(), SenderConstraint.DPOP);

      assertThat(stranger.revoke(consent.id())).isEqualTo(404);
      assertThat(stranger.request(consent.id()).to(revoker.address(consent.id())).send().status())
          .isIn(401, 403);
    }
    client.visit(push(consent)).as(TestRealm.USERNAME, realm.password());
  }
}
