package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminClient;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever an access token of the realm is used, its proof and its grant are checked. */
class ResourcePlaceIT {
  private static final String SERVER_INFO = "/admin/serverinfo";
  private static final String WHO_AM_I = "/admin/{realm}/console/whoami";
  private static final String USERS = "/admin/realms/{realm}/users";
  private static final String REALMS = "/admin/realms";
  private static final String ACCOUNT = "/realms/{realm}/account/";
  private static final String UMA = "/realms/{realm}/authz/protection/resource_set";
  private static final String REGISTRATION = "/realms/{realm}/clients-registrations/default/any";
  private static final String GRANTS = "/realms/{realm}/grants/any";
  private static final String BROKER = "/realms/{realm}/broker/any/token";

  /** Has the same ending as the only path at which tokens are not checked. */
  private static final String LIKE_A_CALLBACK =
      "/admin/realms/{realm}/group-by-path/x/protocol/openid-connect/ext/ciba/auth/callback";

  private static final String METADATA = "/realms/{realm}/.well-known/openid-configuration";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client =
        TestClient.in(realm)
            .made(ClientOrigin.BEFORE_POLICY)
            .constraint(SenderConstraint.MTLS)
            .register();
    makeHerAnAdministrator();
  }

  /** Otherwise Keycloak refuses the user at some endpoints before the filter runs. */
  private static void makeHerAnAdministrator() {
    AdminClient admin = realm.admin();
    String prefix = "/" + realm.name();
    String management = id(admin.client(realm.name(), "realm-management"));
    JsonNode role = admin.get(prefix + "/clients/" + management + "/roles/realm-admin");
    String alice = id(admin.get(prefix + "/users?username=" + TestRealm.USERNAME).get(0));
    String own = id(admin.client(realm.name(), client.clientId()));
    for (String path :
        new String[] {
          "/users/" + alice + "/role-mappings/clients/" + management,
          "/clients/" + own + "/scope-mappings/clients/" + management
        }) {
      JsonNode roles = Json.object().putArray("roles").add(role);
      assertThat(admin.send("POST", prefix + path, roles).status()).isEqualTo(204);
    }
  }

  private static String id(JsonNode found) {
    return found.path("id").asText();
  }

  private static URI address(String path) {
    return realm.issuer().resolve(path.replace("{realm}", realm.name()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SERVER_INFO,
        SERVER_INFO + "/",
        WHO_AM_I,
        USERS,
        REALMS,
        ACCOUNT,
        REGISTRATION,
        GRANTS,
        BROKER,
        LIKE_A_CALLBACK
      })
  @Rejects(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "FAPI2-SP 5.3.4-2"})
  void refusesATokenWithoutTheCertificateThatItNames(String path) {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    HttpExchange refusal = client.resource(address(path), tokens).withoutCertificate().send();

    assertThat(refusal.status()).as(refusal.toString()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVER_INFO, WHO_AM_I, USERS, ACCOUNT, REGISTRATION})
  @Rejects(by = "ActiveGrant", value = "GM 6.5-5")
  void refusesATokenOfAnEndedGrant(String path) {
    Tokens tokens =
        client
            .token(
                client
                    .visit(client.par().with("grant_management_action", "create").expect())
                    .as(TestRealm.USERNAME, realm.password())
                    .expectCode())
            .expect();
    String grant = tokens.exchange().json().path("grant_id").asText();
    realm.admin().send("DELETE", "/" + realm.name() + "/fapi/grants/" + grant, null);

    assertThat(client.resource(address(path), tokens).send().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVER_INFO, USERS})
  @Accepts(
      by = "RequireProofOfPossession",
      value = {"FAPI2-SP 5.3.4-5", "FAPI2-SP 5.3.4-2"})
  void takesATokenFromItsOwner(String path) {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    client.resource(address(path), tokens).expect();
  }

  @Test
  @Rejects(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void doesNothingAtPlacesOfUma() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    // Keycloak requires a scope there before the filter runs.
    assertThat(client.resource(address(UMA), tokens).withoutCertificate().send().status())
        .isIn(401, 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {METADATA, ACCOUNT, "/realms/{realm}"})
  @Accepts(by = "RequireProofOfPossession", value = "FAPI2-SP 5.3.4-5")
  void letsPassWhoShowsNoToken(String path) {
    assertThat(client.get(address(path), answer -> answer).send().status()).isNotEqualTo(500);
    assertThat(client.get(address(METADATA), answer -> answer).send().status()).isEqualTo(200);
  }
}
