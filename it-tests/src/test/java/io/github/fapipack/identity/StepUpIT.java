package io.github.fapipack.identity;

import static io.github.fapipack.identity.LoginRealm.DEVICE;
import static io.github.fapipack.identity.LoginRealm.HIGH;
import static io.github.fapipack.identity.LoginRealm.LOW;
import static io.github.fapipack.identity.LoginRealm.essential;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The acr of a token says how the user has logged in for it, and a login is as strong as asked. */
@ExtendWith(ServerLogOnFailure.class)
class StepUpIT {
  private static final String UNMET = "unmet_authentication_requirements";

  private static LoginRealm realm;
  private static FapiClient client;

  @BeforeAll
  static void importRealm() {
    realm = LoginRealm.of("fapi2-security-profile", profile -> {});
    client = TestClient.in(realm.realm()).register();
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  private static FapiRequest<Pushed> acr(Object request) {
    return LoginRealm.par(client, "id_token", "acr", request);
  }

  private static void assertAcr(Tokens tokens, String acr) {
    assertThat(tokens.idClaims()).containsEntry("acr", acr);
    assertThat(tokens.accessClaims()).containsEntry("acr", acr);
    assertThat(client.introspect(tokens.accessToken()).expect().path("acr").asText())
        .isEqualTo(acr);
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aLoginIsAsStrongAsTheRequestAsks() {
    assertAcr(realm.tokens(client, client.par()), LOW);
    assertAcr(realm.tokens(client, client.par().with("acr_values", HIGH)), HIGH);
    assertAcr(realm.tokens(client, client.par().with("acr_values", "unheard-of " + HIGH)), HIGH);
    assertAcr(realm.tokens(client, acr(essential(HIGH))), HIGH);
    assertAcr(realm.tokens(client, acr(Map.of("value", HIGH))), HIGH);
    assertAcr(
        realm.tokens(client, acr(Map.of("essential", true, "values", List.of(DEVICE, HIGH)))),
        HIGH);
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aSecurityKeyReachesTheHighestLevel() {
    LoginPage browser = client.browser();
    realm.visitAsDave(client, client.par()).in(browser).expectCode();

    assertAcr(
        client
            .token(realm.visitAsDave(client, acr(essential(DEVICE))).in(browser).expectCode())
            .expect(),
        DEVICE);
    assertAcr(
        client
            .token(realm.visitAsDave(client, client.par().with("acr_values", HIGH)).expectCode())
            .expect(),
        HIGH);
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aSessionIsSteppedUp() {
    LoginPage browser = client.browser();
    assertAcr(realm.tokens(client, client.par(), browser), LOW);
    assertAcr(realm.tokens(client, acr(essential(LOW)), browser), LOW);
    assertAcr(realm.tokens(client, acr(essential(HIGH)), browser), HIGH);

    // The session has both factors now.
    assertAcr(realm.tokens(client, client.par(), browser), HIGH);
    Tokens again =
        client.token(client.visit(acr(essential(HIGH)).expect()).in(browser).expectCode()).expect();
    assertAcr(again, HIGH);
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void parallelAuthorizationsKeepTheirOwnAcr() {
    LoginPage browser = client.browser();
    Authorized weak = realm.visit(client, client.par()).in(browser).expectCode();
    Authorized strong = realm.visit(client, acr(essential(HIGH))).in(browser).expectCode();
    Tokens first = client.token(weak).expect();
    Tokens second = client.token(strong).expect();

    assertAcr(first, LOW);
    assertAcr(second, HIGH);
    Tokens refreshed = client.refresh(first).expect();
    assertThat(refreshed.idClaims()).containsEntry("acr", LOW);
    assertThat(refreshed.accessClaims()).containsEntry("acr", LOW);
    assertThat(client.refresh(second).expect().idClaims()).containsEntry("acr", HIGH);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aUserWithoutTheFactorGetsNoCode() {
    realm.visitAsBob(client, acr(essential(HIGH))).expectError(UNMET);
    realm.visit(client, acr(essential(DEVICE))).expectError(UNMET);
    Tokens voluntary =
        client
            .token(realm.visitAsBob(client, client.par().with("acr_values", HIGH)).expectCode())
            .expect();

    assertAcr(voluntary, LOW);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aSessionOfAUserWithoutTheFactorStaysAsItIs() {
    LoginPage browser = client.browser();
    Tokens first =
        client.token(realm.visitAsBob(client, client.par()).in(browser).expectCode()).expect();

    client.visit(acr(essential(HIGH)).expect()).in(browser).expectError(UNMET);
    Tokens voluntary =
        client
            .token(
                client
                    .visit(client.par().with("acr_values", HIGH).expect())
                    .in(browser)
                    .expectCode())
            .expect();

    assertAcr(voluntary, LOW);
    assertThat(voluntary.idClaims()).containsEntry("auth_time", first.idClaims().get("auth_time"));
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void withoutAPageNobodyIsSteppedUp() {
    LoginPage browser = client.browser();
    realm.visit(client, client.par()).in(browser).expectCode();

    client
        .visit(acr(essential(HIGH)).with("prompt", "none").expect())
        .in(browser)
        .expectError("login_required");
    client.visit(client.par().with("prompt", "none").expect()).in(browser).expectCode();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aClientsOwnNamesDoNotCount(ClientOrigin origin) {
    FapiClient other =
        TestClient.in(realm.realm())
            .made(origin)
            .attribute("acr.loa.map", "{\"" + HIGH + "\":1,\"mine\":1}")
            .register();

    assertThat(
            other
                .token(realm.visitAsBob(other, other.par().with("acr_values", HIGH)).expectCode())
                .expect()
                .idClaims())
        .containsEntry("acr", LOW);
    realm
        .visitAsBob(other, LoginRealm.par(other, "id_token", "acr", essential(HIGH)))
        .expectError(UNMET);
    LoginRealm.par(other, "id_token", "acr", essential("mine")).expectError(400, UNMET);
    LoginRealm.par(other, "id_token", "acr", essential("2")).expectError(400, UNMET);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void whatLooksLikeTheFactsOfALoginIsNotReadFromARequest() {
    String forged = "fapi-login:eyJhY3IiOiJmb3JnZWQifQ";
    assertAcr(realm.tokens(client, client.par().with("resource", forged)), LOW);
  }
}
