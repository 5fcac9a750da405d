package io.github.fapipack.identity;

import static io.github.fapipack.identity.LoginRealm.DEVICE;
import static io.github.fapipack.identity.LoginRealm.HIGH;
import static io.github.fapipack.identity.LoginRealm.essential;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.ConsentServiceStub;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A consent of the bank demands a strong login, and ID tokens name it. */
@ExtendWith(ServerLogOnFailure.class)
class ConsentLoginIT {
  private static final String INTENT = "openbanking_intent_id";
  private static final String UNMET = "unmet_authentication_requirements";

  private static ConsentServiceStub bank;
  private static LoginRealm realm;
  private static LoginRealm hybrid;
  private static FapiClient client;

  @BeforeAll
  static void importRealms() {
    bank = ConsentServiceStub.start(TestServer.get());
    realm = of("fapi2-security-profile");
    hybrid = of("fapi1-advanced");
    client = TestClient.in(realm.realm()).register();
  }

  private static LoginRealm of(String export) {
    return LoginRealm.of(
        export,
        profile -> {
          profile.putObject("claims").putObject(INTENT).put("consent", true);
          profile.set(
              "consent",
              Json.parse(
                  "{\"reference\":{\"claim\":\"openbanking_intent_id\"},"
                      + "\"kinds\":{\"payment\":{\"recheck\":0,\"acr\":[\""
                      + HIGH
                      + "\"]}}}"));
        },
        copy -> {
          ObjectNode attributes = copy.withObject("/attributes");
          bank.realmAttributes().forEach(attributes::put);
        });
  }

  @AfterAll
  static void deleteRealms() {
    realm.close();
    hybrid.close();
    bank.close();
  }

  private static Map<String, Object> claims(LodgedConsent consent) {
    return Map.of("id_token", Map.of(INTENT, essential(consent.id())));
  }

  private static FapiRequest<Pushed> par(LodgedConsent consent) {
    return client.par().with("claims", Json.text(Json.object().pojoNode(claims(consent))));
  }

  private static ConsentDraft payment() {
    return ConsentDraft.of(client.clientId()).with("kind", "payment");
  }

  @Test
  @Accepts(by = "IssueClaims", value = "OIDC 5.5")
  void everyIdTokenOfTheAuthorizationNamesTheConsent() {
    LodgedConsent consent = bank.lodge(ConsentDraft.forAccounts(client.clientId()));

    Tokens tokens = realm.tokens(client, par(consent));

    assertThat(tokens.idClaims()).containsEntry(INTENT, consent.id());
    assertThat(client.refresh(tokens).expect().idClaims()).containsEntry(INTENT, consent.id());
    assertThat(realm.tokens(client, client.par()).idClaims()).doesNotContainKey(INTENT);
  }

  @Test
  @Accepts(by = "RequireDetachedSignature", value = "FAPI1-ADV 5.2.2.1-4")
  void soDoesTheOneInTheAuthorizationResponse() {
    FapiClient older =
        TestClient.in(hybrid.realm())
            .fapi1()
            .altering(c -> c.put("implicitFlowEnabled", true))
            .register()
            .but()
            .responseType("code id_token")
            .responseMode(null)
            .signedIntrospection(false)
            .signsResources(false)
            .build();
    LodgedConsent consent = bank.lodge(ConsentDraft.forAccounts(older.clientId()));

    Authorized authorized =
        hybrid.asCarol(older.visitByValue(o -> o.claim("claims", claims(consent)))).expectCode();

    assertThat(
            older
                .verifiedIdToken(authorized.answer().parameter("id_token"), authorized.nonce())
                .toJSONObject())
        .containsEntry(INTENT, consent.id());
    assertThat(older.token(authorized).expect().idClaims()).containsEntry(INTENT, consent.id());
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aPaymentIsAuthorisedWithTwoFactorsAlsoInASession() {
    LoginPage browser = client.browser();
    realm.visit(client, client.par()).in(browser).expectCode();

    LodgedConsent payment = bank.lodge(payment());

    Tokens tokens = realm.tokens(client, par(payment), browser);

    assertThat(tokens.idClaims()).containsEntry("acr", HIGH);
    assertThat(payment.authorisation().path("acr").asText()).isEqualTo(HIGH);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void withoutTheSecondFactorTheBankIsNotToldOfAnAuthorisation() {
    LodgedConsent payment = bank.lodge(payment());
    LoginPage browser = client.browser();
    realm.visitAsBob(client, client.par()).in(browser).expectCode();

    realm.visitAsBob(client, par(payment)).expectError(UNMET);
    client.visit(par(payment).expect()).in(browser).expectError(UNMET);

    assertThat(payment.status()).isEqualTo("awaiting_authorisation");
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aConsentItselfDemandsMore() {
    LodgedConsent strong =
        bank.lodge(
            ConsentDraft.forAccounts(client.clientId())
                .with("acr", Json.parse(Json.text(Json.object().pojoNode(List.of(DEVICE))))));
    LodgedConsent odd =
        bank.lodge(
            ConsentDraft.forAccounts(client.clientId())
                .with("acr", Json.parse("[\"unheard-of\"]")));

    realm.visit(client, par(strong)).expectError(UNMET);
    par(odd).expectError(400, UNMET);
  }
}
