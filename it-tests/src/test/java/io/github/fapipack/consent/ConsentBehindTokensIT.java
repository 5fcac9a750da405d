package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.consent.ConsentDraft;
import io.github.fapipack.it.consent.LodgedConsent;
import io.github.fapipack.it.consent.Misbehaviour;
import io.github.fapipack.it.consent.Operation;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.server.KeycloakServer;
import io.github.fapipack.it.testing.BankRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tokens of a consent that the bank holds, at a server without and at one with Keycloak's feature
 * for scopes with parameters.
 */
@ParameterizedClass(name = "parameterized-scopes {0}")
@MethodSource("features")
class ConsentBehindTokensIT {
  private static final String RULE = "RequireBankConsent";

  @Parameter boolean feature;

  private BankRealm bank;
  private FapiClient client;
  private LodgedConsent consent;

  static Stream<Boolean> features() {
    return Stream.of(false, true);
  }

  @BeforeEach
  void start() {
    KeycloakServer server = feature ? PostgresServer.get().server() : TestServer.get();
    bank =
        BankRealm.create(
            server,
            "fapi2-security-profile",
            "{\"reference\":{\"scope\":\"consent:\"},\"recheck\":0,"
                + "\"kinds\":{\"slow\":{\"recheck\":300}}}",
            Map.of());
    client = TestClient.in(bank.realm()).register();
    consent = lodge("accounts");
  }

  @AfterEach
  void stop() {
    bank.close();
  }

  private LodgedConsent lodge(String kind) {
    return bank.service()
        .lodge(
            ConsentDraft.of(client.clientId())
                .with("kind", kind)
                .permission("READ", "Read your accounts"));
  }

  private String scope() {
    return "consent:" + consent.id();
  }

  private ConsentVisit approved() {
    return ConsentVisit.ask(
            bank.realm(),
            client,
            client.browser(),
            par -> par.with("scope", "openid profile " + scope()))
        .seesPage()
        .approve(form -> {});
  }

  private JsonNode introspected(Tokens tokens) {
    return client.introspection(client.introspect(tokens.accessToken()).send().expectStatus(200));
  }

  @Test
  @Accepts(by = RULE, value = "CB 2-1")
  @Accepts(by = RULE, value = "CB 3-1")
  void tokensHaveTheConsentAndItsScope() {
    Tokens tokens = approved().tokens();

    assertThat(tokens.scope().split(" ")).contains("openid", "profile", scope());
    assertThat(String.valueOf(tokens.accessClaims().get("scope")).split(" "))
        .containsExactlyInAnyOrder(tokens.scope().split(" "));
    assertThat(tokens.accessClaims()).containsEntry("consent_id", consent.id());
    assertThat(introspected(tokens).path("consent_id").asText()).isEqualTo(consent.id());
    assertThat(introspected(tokens).path("scope").asText()).contains(scope());
    assertThat(introspected(tokens).has("grant_id")).isFalse();

    Tokens whole = client.refresh(tokens).expect();
    assertThat(whole.scope().split(" ")).contains("profile", scope());
    Tokens narrow = client.refresh(tokens).with("scope", "openid " + scope()).expect();
    assertThat(narrow.scope().split(" ")).contains(scope()).doesNotContain("profile");
    client.refresh(tokens).with("scope", "openid consent:another").expectError("invalid_scope");
    TestClient.in(bank.realm())
        .register()
        .refresh(tokens)
        .with("scope", "openid " + scope())
        .expectError("invalid_grant");
  }

  @Test
  @Rejects(by = RULE, value = "CB 3-1")
  void aCodeIsWorthlessIfTheConsentEndsBefore() {
    ConsentVisit visit = approved();
    consent.status("revoked");

    visit.redeem().expectError(400, "invalid_grant");
  }

  @Test
  @Rejects(by = RULE, value = "CB 3-1")
  void tokensEndWithTheConsent() {
    Tokens tokens = approved().tokens();
    consent.status("consumed");

    client.refresh(tokens).expectError(400, "invalid_grant");
    assertThat(introspected(tokens).path("active").asBoolean()).isFalse();
  }

  @Test
  void nothingIsUsedUpWhileTheBankDoesNotAnswer() {
    ConsentVisit visit = approved();
    bank.service().misbehave(Operation.FIND, Misbehaviour.DEAD);

    HttpExchange refused = visit.redeem();
    refused.expectError(503, "temporarily_unavailable");
    assertThat(refused.header("Retry-After")).isNotNull();

    bank.service().recover();
    Tokens tokens = visit.tokens();
    bank.service().misbehave(Operation.FIND, Misbehaviour.ERROR);
    client.refresh(tokens).expectError(503, "temporarily_unavailable");
    HttpExchange unknown = client.introspect(tokens.accessToken()).send();
    unknown.expectError(503, "temporarily_unavailable");
    assertThat(unknown.header("Retry-After")).isNotNull();

    bank.service().recover();
    client.refresh(tokens).expect();
    assertThat(introspected(tokens).path("active").asBoolean()).isTrue();
  }

  @Test
  void theWordOfTheBankCountsForAsLongAsTheKindSays() {
    consent = lodge("slow");
    Tokens tokens = approved().tokens();
    client.refresh(tokens).expect();
    int asked = bank.service().calls(Operation.FIND, consent.id()).size();

    for (int again = 0; again < 5; again++) {
      client.refresh(tokens).expect();
    }

    assertThat(bank.service().calls(Operation.FIND, consent.id())).hasSize(asked);
  }

  @Test
  @Rejects(by = RULE, value = "CB 2-1")
  void aConsentThatAnotherUserHasAuthorisedGivesNothing() {
    ConsentVisit visit =
        ConsentVisit.ask(
            bank.realm(), client, client.browser(), par -> par.with("scope", "openid " + scope()));
    visit.seesPage();
    consent.authorise("somebody-else", List.of());

    assertThat(visit.approve(form -> {}).shown().parameter("code")).isNull();
  }
}
