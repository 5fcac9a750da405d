package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.page.AccountConsole;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keycloak's own consoles keep working, and nothing else uses their exemption. */
class ConsoleIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient console(TestRealm in) {
    return AccountConsole.of(in).client();
  }

  private static HttpExchange signIn(FapiClient console, TestRealm in) {
    return new AccountConsole(in, console).signIn();
  }

  @Test
  @Accepts(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  @Accepts(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void letsAUserIntoTheAccountConsole() {
    FapiClient console = console(realm);

    Tokens tokens = Tokens.of(signIn(console, realm));

    URI account = URI.create(realm.issuer() + "/account/");
    assertThat(
            console
                .resource(account, tokens)
                .header("Accept", "application/json")
                .expect()
                .json()
                .path("username")
                .asText())
        .isEqualTo(TestRealm.USERNAME);
  }

  @Test
  void tellsTheConsoleWhoTheUserIs() {
    // The consoles read nothing but the ID token for it, and say "Anonymous" without.
    assertThat(Tokens.of(signIn(console(realm), realm)).idClaims())
        .containsEntry("preferred_username", TestRealm.USERNAME)
        .containsKeys("given_name", "family_name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redirect",
        "direct",
        "implicit",
        "service-account",
        "web-origin",
        "root-url",
        "full-scope",
        "no-pkce"
      })
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void refusesAConsoleThatSomebodyHasWidened(String how) {
    try (TestRealm widened = TestRealm.create("fapi2-security-profile")) {
      widened.withoutPolicies(() -> change(widened, client -> widen(client, how)));

      console(widened)
          .visitWithoutPar()
          .as(TestRealm.USERNAME, widened.password())
          .expectErrorPage();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mapper", "optional-client-scopes", "default-client-scopes", "role"})
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  @Rejects(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-3")
  void refusesAConsoleWhoseTokensWouldBeForMore(String how) {
    try (TestRealm widened = TestRealm.create("fapi2-security-profile")) {
      AdminClient admin = widened.admin();
      String client = "/" + widened.name() + "/clients/" + id(widened, "account-console");
      AdminResponse change =
          switch (how) {
            case "mapper" ->
                admin.send("POST", client + "/protocol-mappers/models", audienceMapper());
            case "role" ->
                admin.send("POST", client + "/scope-mappings/realm", offlineRole(widened));
            default -> admin.send("PUT", client + "/" + how + "/" + newScope(widened), null);
          };
      assertThat(change.status()).isLessThan(300);

      console(widened)
          .visitWithoutPar()
          .as(TestRealm.USERNAME, widened.password())
          .expectErrorPage();
    }
  }

  private static String id(TestRealm in, String clientId) {
    return in.admin().client(in.name(), clientId).path("id").asText();
  }

  private static ObjectNode audienceMapper() {
    ObjectNode mapper =
        Json.object()
            .put("name", "bank")
            .put("protocol", "openid-connect")
            .put("protocolMapper", "oidc-audience-mapper");
    mapper
        .putObject("config")
        .put("included.custom.audience", "https://bank.example")
        .put("access.token.claim", "true");
    return mapper;
  }

  private static JsonNode offlineRole(TestRealm in) {
    JsonNode role = in.admin().get("/" + in.name() + "/roles/offline_access");
    return Json.object().putArray("roles").add(role);
  }

  private static String newScope(TestRealm in) {
    ObjectNode scope = Json.object().put("name", "payments").put("protocol", "openid-connect");
    AdminResponse created = in.admin().send("POST", "/" + in.name() + "/client-scopes", scope);
    return created.location().substring(created.location().lastIndexOf('/') + 1);
  }

  @Test
  @Accepts(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  void letsAnAdministratorRepairAConsole() {
    try (TestRealm repaired = TestRealm.create("fapi2-security-profile")) {
      change(repaired, client -> client.put("implicitFlowEnabled", true));
      change(repaired, client -> client.put("implicitFlowEnabled", false));

      Tokens.of(signIn(console(repaired), repaired));
    }
  }

  private static void change(TestRealm in, Consumer<ObjectNode> edit) {
    ObjectNode client = in.admin().client(in.name(), "account-console");
    edit.accept(client);
    in.admin().updateClient(in.name(), client);
  }

  private static void widen(ObjectNode client, String how) {
    switch (how) {
      case "redirect" -> client.withArray("redirectUris").add("https://attacker.example/cb");
      case "direct" -> client.put("directAccessGrantsEnabled", true);
      case "implicit" -> client.put("implicitFlowEnabled", true);
      case "service-account" ->
          client.put("publicClient", false).put("serviceAccountsEnabled", true);
      case "web-origin" -> client.putArray("webOrigins").add("https://attacker.example");
      case "full-scope" -> client.put("fullScopeAllowed", true);
      case "root-url" -> client.put("rootUrl", "https://attacker.example");
      default -> client.withObject("/attributes").put("pkce.code.challenge.method", "");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"admin-cli", "account", "security-admin-console", "account-console"})
  @Rejects(by = "RejectPasswordGrant", value = "FAPI2-SP 5.3.2.1-2")
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  void givesNoTokenForAPassword(String clientId) {
    HttpExchange answer =
        console(realm)
            .but()
            .clientId(clientId)
            .build()
            .grant("password")
            .with("client_id", clientId)
            .with("username", TestRealm.USERNAME)
            .with("password", realm.password())
            .send();

    assertThat(answer.status()).isBetween(400, 401);
  }

  @Test
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  void switchesOffTheBuiltInClientsThatFapiForbids() {
    assertThat(realm.admin().client(realm.name(), "admin-cli").path("enabled").asBoolean())
        .isFalse();
    assertThat(
            realm.admin().client(realm.name(), "account").path("standardFlowEnabled").asBoolean())
        .isFalse();
  }
}
