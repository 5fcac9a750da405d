package io.github.fapipack.identity;

import static io.github.fapipack.identity.LoginRealm.DEVICE;
import static io.github.fapipack.identity.LoginRealm.HIGH;
import static io.github.fapipack.identity.LoginRealm.LOW;
import static io.github.fapipack.identity.LoginRealm.essential;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The ecosystem, and the type of what a user approves, can demand a strong login. */
@ExtendWith(ServerLogOnFailure.class)
class LoginDemandsIT {
  private static final String UNMET = "unmet_authentication_requirements";

  private static LoginRealm strict;
  private static LoginRealm realm;
  private static FapiClient client;

  @BeforeAll
  static void importRealms() {
    strict =
        LoginRealm.of(
            "fapi2-security-profile",
            profile ->
                ((ObjectNode)
                        profile
                            .withObject("/authentication")
                            .put("required", true)
                            .put("id_token", "always")
                            .path("acr"))
                    .remove(LOW),
            copy ->
                copy.withObject("/attributes")
                    .put("acr.loa.map", "{\"" + HIGH + "\":2,\"" + DEVICE + "\":3}"));
    realm =
        LoginRealm.of(
            "fapi2-security-profile",
            profile -> {},
            copy ->
                copy.withObject("/attributes")
                    .put("fapi.authorization-details.transfer", Json.text(transfer())));
    client = TestClient.in(realm.realm()).register();
  }

  private static ObjectNode transfer() {
    return (ObjectNode)
        Json.parse(
            ("{'schema':{'type':'object','required':['type','amount','currency'],"
                    + "'properties':{'type':{'const':'transfer'},'amount':{'type':'string'},"
                    + "'currency':{'type':'string'}},'additionalProperties':false,"
                    + "'x-fapi':{'acr':[{'values':['"
                    + HIGH
                    + "'],'above':{'amount':'/amount','currency':'/currency',"
                    + "'limits':{'EUR':30}}},{'values':['"
                    + DEVICE
                    + "'],'above':{'amount':'/amount','currency':'/currency',"
                    + "'limits':{'EUR':1000}}}]}},"
                    + "'messages':{'en':{'type':'Transfer'}}}")
                .replace('\'', '"'));
  }

  private static FapiRequest<Pushed> transfer(String amount, String currency) {
    return client
        .par()
        .with(
            "authorization_details",
            Json.text(
                Json.object()
                    .arrayNode()
                    .add(
                        Json.object()
                            .put("type", "transfer")
                            .put("amount", amount)
                            .put("currency", currency))));
  }

  @AfterAll
  static void deleteRealms() {
    realm.close();
    strict.close();
  }

  @Test
  @Accepts(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void everyLoginIsAsStrongAsTheEcosystemDemands() {
    FapiClient bank = TestClient.in(strict.realm()).register();
    LoginPage browser = bank.browser();

    assertThat(strict.tokens(bank, bank.par(), browser).idClaims()).containsEntry("acr", HIGH);
    assertThat(
            bank.token(bank.visit(bank.par().expect()).in(browser).expectCode())
                .expect()
                .idClaims())
        .containsEntry("acr", HIGH);
    FapiClient bare =
        TestClient.in(strict.realm())
            .altering(c -> c.putArray("defaultClientScopes").add("basic"))
            .register();
    assertThat(strict.tokens(bare, bare.par()).idClaims()).containsEntry("acr", HIGH);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void aWeakLoginIsNotEnoughForTheEcosystem() {
    FapiClient bank = TestClient.in(strict.realm()).register();

    strict.visitAsBob(bank, bank.par()).expectError(UNMET);
    strict.visitAsBob(bank, bank.par().with("acr_values", "1")).expectError(UNMET);
    LoginRealm.par(bank, "id_token", "acr", essential("1")).expectError(400, UNMET);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void anEcosystemMayHaveAnotherErrorForIt() {
    try (LoginRealm other =
        LoginRealm.of(
            "fapi2-security-profile",
            profile -> profile.withObject("/authentication").put("unmet_error", "access_denied"))) {
      FapiClient bank = TestClient.in(other.realm()).register();

      other
          .visitAsBob(bank, LoginRealm.par(bank, "id_token", "acr", essential(HIGH)))
          .expectError("access_denied");
      LoginRealm.par(bank, "id_token", "acr", essential("none")).expectError(400, "access_denied");
    }
  }

  @Test
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 5-1")
  void aSmallAmountNeedsNoSecondFactor() {
    Tokens tokens =
        client.token(realm.visitAsBob(client, transfer("30.00", "EUR")).expectCode()).expect();

    assertThat(tokens.idClaims()).containsEntry("acr", LOW);
  }

  @Test
  @Accepts(by = "RestrictAuthorizationDetails", value = "RFC9396 5-1")
  void aLargeAmountIsApprovedWithTwoFactorsAlsoInASession() {
    LoginPage browser = client.browser();
    realm.visit(client, client.par()).in(browser).expectCode();

    Tokens tokens = realm.tokens(client, transfer("30.01", "EUR"), browser);

    assertThat(tokens.idClaims()).containsEntry("acr", HIGH);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void withoutTheSecondFactorNothingIsApproved() {
    realm.visitAsBob(client, transfer("30.01", "EUR")).expectError(UNMET);
    realm.visit(client, transfer("1000.01", "EUR")).expectError(UNMET);
    realm.visit(client, transfer("1", "GBP")).expectError(UNMET);
    realm.visit(client, transfer("1e9", "EUR")).expectError(UNMET);
    realm.visit(client, transfer("a lot", "EUR")).expectError(UNMET);
  }

  @Test
  @Rejects(by = "RequireEssentialAcr", value = "OIDC 5.5.1.1")
  void withoutAPageASessionIsNotEnough() {
    LoginPage browser = client.browser();
    realm.visit(client, client.par()).in(browser).expectCode();
    LoginPage another = client.browser();
    realm.visitAsBob(client, client.par()).in(another).expectCode();

    client
        .visit(transfer("500", "EUR").with("prompt", "none").expect())
        .in(browser)
        .expectError("login_required");
    client
        .visit(transfer("5", "EUR").with("prompt", "none").expect())
        .in(browser)
        .expectError("interaction_required");
    client
        .visit(
            LoginRealm.par(client, "id_token", "acr", essential(HIGH))
                .with("prompt", "none")
                .expect())
        .in(another)
        .expectError(UNMET);
  }

  @Test
  @Rejects(by = "RestrictAuthorizationDetails", value = "RFC9396 5-1")
  void whatNoLoginCanMeetIsRefusedAtOnce() {
    Consumer<ObjectNode> unheard =
        copy ->
            copy.withObject("/attributes")
                .put(
                    "fapi.authorization-details.transfer",
                    Json.text(transfer()).replace(DEVICE, "unheard-of"));
    try (LoginRealm other = LoginRealm.of("fapi2-security-profile", profile -> {}, unheard)) {
      FapiClient bank = TestClient.in(other.realm()).register();
      bank.par()
          .with(
              "authorization_details",
              Json.text(
                  Json.object()
                      .arrayNode()
                      .add(
                          Json.object()
                              .pojoNode(
                                  Map.of(
                                      "type", "transfer", "amount", "2000", "currency", "EUR")))))
          .expectError(400, UNMET);
    }
  }
}
