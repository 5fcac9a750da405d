package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tool updates a realm without the pack's attributes: the log and the doctor report it. */
class GrantSwitchIT {
  private static final String RULE = "fapi-grant-management";
  private static final String ACTION = "grant_management_action";
  private static final String API = "grant_management_query grant_management_revoke";

  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  private Doctor doctor;
  private FapiClient client;

  @BeforeEach
  void registerClient() {
    doctor = Doctor.of(realm);
    client = TestClient.in(realm).scope("openid " + API).register();
  }

  @Test
  void theLogAndTheDoctorSayThatItIsOff() {
    assertThat(findings()).isEmpty();
    assertThat(log()).isEmpty();

    updateWithoutAttributes();

    assertThat(log())
        .anyMatch(line -> line.contains("fapi.grant-management: Grant Management is off now"));
    assertThat(findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path("severity").asText()).isEqualTo("note");
              assertThat(finding.at("/where/pointer").asText())
                  .isEqualTo("/attributes/fapi.grant-management");
            });
  }

  @Test
  @Accepts(
      by = "GrantMetadata",
      value = {"GM 6.2-1", "GM 6.2-2", "GM 7.1-1", "GM 7.1-4"})
  @Accepts(
      by = "GrantManagementEndpoint",
      value = {"GM 6.4-1", "GM 6.5-1"})
  @Accepts(by = "ActiveGrant", value = "GM 6.5-5")
  @Accepts(by = "RefreshGrant", value = "GM 6.5-5")
  @Rejects(by = "GrantMetadata", value = "GM 7.1-1")
  @Rejects(
      by = "Issuance",
      value = {"GM 5.2-4.1", "GM 5.2-4.2"})
  void grantsThatAreThereAreQueriedUsedAndRevokedAndNoneIsCreated() {
    Tokens first = create();
    Tokens second = create();
    Tokens third = create();
    updateWithoutAttributes();

    assertThat(findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.path("severity").asText()).isEqualTo("warning"));
    client.par().with(ACTION, "create").expectError(400, "invalid_request");
    client
        .par()
        .with(ACTION, "merge")
        .with("grant_id", id(first))
        .expectError(400, "invalid_request");
    client.par().expect();
    assertThat(actions()).containsExactlyInAnyOrder("query", "revoke");
    assertThat(answer("GET", first).status()).isEqualTo(200);
    Tokens refreshed = client.refresh(first).expect();
    client.userinfo(refreshed).expect();

    assertThat(answer("DELETE", first).status()).isEqualTo(204);
    client.refresh(first).expectError("invalid_grant");
    client.userinfo(refreshed).expectError(401, "invalid_token");
    String grants = "/" + realm.name() + "/fapi/grants";
    assertThat(realm.admin().get(grants + "?client=" + client.clientId()).path("grants"))
        .hasSize(2);
    realm.admin().send("DELETE", grants + "/" + id(second), null);
    client.refresh(second).expectError("invalid_grant");

    assertThat(answer("DELETE", third).status()).isEqualTo(204);
    assertThat(actions()).isEmpty();
    assertThat(answer("GET", third).status()).isEqualTo(404);
  }

  @Test
  void applyingTheProfileSwitchesItOnAgain() {
    create();
    updateWithoutAttributes();

    JsonNode applied = doctor.apply("");

    assertThat(findings()).isEmpty();
    create();
    doctor.undo(applied.path("undo"));
    assertThat(findings()).hasSize(1);
    client.par().with(ACTION, "create").expectError(400, "invalid_request");
  }

  @Test
  void whatWasSwitchedOffOnPurposeStaysOff() {
    ObjectNode settings = realm.admin().realm(realm.name());
    settings.withObject("/attributes").put("fapi.grant-management", "false");
    realm.admin().updateRealm(realm.name(), settings);

    assertThat(log()).isEmpty();
    assertThat(findings()).isEmpty();
    doctor.apply("");
    client.par().with(ACTION, "create").expectError(400, "invalid_request");
  }

  @Test
  void anUpdateThatIsRefusedOrKeepsTheAttributesSaysNothing() {
    AdminResponse refused =
        realm
            .admin()
            .send("PUT", "/" + realm.name(), withoutAttributes().put("sslRequired", "nonsense"));
    assertThat(refused.status()).isGreaterThanOrEqualTo(400);
    realm.admin().updateRealm(realm.name(), realm.admin().realm(realm.name()));
    realm.admin().updateRealm(realm.name(), Json.object().put("displayName", "Bank"));

    assertThat(log()).isEmpty();
    create();
  }

  private static ObjectNode withoutAttributes() {
    ObjectNode update = Json.object().put("displayName", "Bank");
    update.putObject("attributes").put("owner", "somebody");
    return update;
  }

  private void updateWithoutAttributes() {
    realm.admin().updateRealm(realm.name(), withoutAttributes());
  }

  private List<JsonNode> findings() {
    return doctor.findings().stream().filter(Doctor.by(RULE)).toList();
  }

  private List<String> log() {
    return realm
        .server()
        .log()
        .lines()
        .filter(line -> line.contains("update of realm '" + realm.name() + "' has removed"))
        .toList();
  }

  private Tokens create() {
    return client
        .token(
            client
                .visit(client.par().with(ACTION, "create").expect())
                .as(TestRealm.USERNAME, realm.password())
                .expectCode())
        .expect();
  }

  private static String id(Tokens tokens) {
    return tokens.exchange().json().path("grant_id").asText();
  }

  private List<String> actions() {
    return client
        .get(
            URI.create(realm.issuer() + "/.well-known/openid-configuration"),
            answer ->
                answer.json().path("grant_management_actions_supported").isMissingNode()
                    ? List.<String>of()
                    : Doctor.texts(answer.json().path("grant_management_actions_supported"), ""))
        .expect();
  }

  private HttpExchange answer(String method, Tokens grant) {
    Tokens api = client.clientCredentials().with("scope", API).expect();
    return client
        .resource(URI.create(realm.issuer() + "/grants/" + id(grant)), api)
        .method(method)
        .send();
  }
}
