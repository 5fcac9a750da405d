package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.page.AccountConsole;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A console is exempt because of the content of its tokens, not because of a name that a mapper can
 * write.
 */
class ConsoleTokenIT {
  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  private AdminClient admin;

  @BeforeEach
  void findAdministrator() {
    admin = realm.admin();
  }

  private FapiClient console() {
    return AccountConsole.of(realm).client();
  }

  private static ObjectNode mapper(String type, Map<String, String> config) {
    ObjectNode mapper =
        Json.object()
            .put("name", "planted")
            .put("protocol", "openid-connect")
            .put("protocolMapper", type);
    ObjectNode settings = mapper.putObject("config").put("access.token.claim", "true");
    config.forEach(settings::put);
    return mapper;
  }

  private static ObjectNode hardCoded(String claim, String value) {
    return mapper(
        "oidc-hardcoded-claim-mapper",
        Map.of("claim.name", claim, "claim.value", value, "jsonType.label", "String"));
  }

  private void plant(String scope, ObjectNode mapper) {
    String path = "/client-scopes/" + scope(scope).path("id").asText() + "/protocol-mappers/models";
    assertThat(admin.send("POST", "/" + realm.name() + path, mapper).status()).isEqualTo(201);
  }

  private JsonNode scope(String name) {
    for (JsonNode known : admin.get("/" + realm.name() + "/client-scopes")) {
      if (known.path("name").asText().equals(name)) {
        return known;
      }
    }
    throw new AssertionError("there is no scope " + name);
  }

  private void expectRefused() {
    console().visitWithoutPar().as(TestRealm.USERNAME, realm.password()).expectErrorPage();
  }

  @Test
  @Accepts(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void letsAUserOfTheAdminConsoleAskWhoSheIs() {
    String page = realm.issuer().resolve("/admin/" + realm.name() + "/console/").toString();
    FapiClient adminConsole =
        console().but().clientId("security-admin-console").redirectUri(page).build();
    Tokens tokens = Tokens.of(new AccountConsole(realm, adminConsole).signIn());

    // The user is not an administrator, but the token is accepted.
    assertThat(adminConsole.resource(URI.create(page + "whoami"), tokens).send().status())
        .isEqualTo(403);
    URI users = realm.issuer().resolve("/admin/realms/" + realm.name() + "/users");
    assertThat(adminConsole.resource(users, tokens).send().status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "roles"})
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  void refusesAConsoleWithAMapperInsideAScopeOfKeycloaks(String scope) {
    plant(
        scope,
        mapper("oidc-audience-mapper", Map.of("included.custom.audience", "https://bank.example")));

    expectRefused();
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  void refusesAConsoleWithAClaimOfSomebodyElseInIt() {
    plant("basic", hardCoded("account_number", "DE02"));

    expectRefused();
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  void refusesAConsoleWhoseRoleHasBecomeMore() {
    String prefix = "/" + realm.name() + "/clients/";
    String account = admin.client(realm.name(), "account").path("id").asText();
    String management = admin.client(realm.name(), "realm-management").path("id").asText();
    JsonNode users = admin.get(prefix + management + "/roles/view-users");
    assertThat(
            admin
                .send(
                    "POST",
                    prefix + account + "/roles/manage-account/composites",
                    Json.object().putArray("roles").add(users))
                .status())
        .isEqualTo(204);

    expectRefused();
  }

  @Test
  @Rejects(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  @Accepts(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.1-3")
  void refusesTheTokenThatAScopeOnDemandHasWidened() {
    plant("phone", hardCoded("account_number", "DE02"));
    String own = admin.client(realm.name(), "account-console").path("id").asText();
    String scope = scope("phone").path("id").asText();
    admin.send(
        "PUT", "/" + realm.name() + "/clients/" + own + "/optional-client-scopes/" + scope, null);

    Tokens.of(new AccountConsole(realm, console()).signIn());
    FapiClient asking = console().but().scope("openid phone").build();
    new AccountConsole(realm, asking).signIn().expectError(400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"account-console", "security-admin-console"})
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "FAPI2-SP 5.3.4-2"})
  void aTokenThatSaysToBeAConsolesNeedsItsProof(String azp) {
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .constraint(SenderConstraint.MTLS)
            .altering(
                registration ->
                    registration.withArray("protocolMappers").add(hardCoded("azp", azp)))
            .register();
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    for (String path : new String[] {"/account/", "/protocol/openid-connect/userinfo"}) {
      HttpExchange answer =
          client.resource(URI.create(realm.issuer() + path), tokens).withoutCertificate().send();
      assertThat(answer.status()).isEqualTo(401);
    }
  }
}
