package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.claims.PlantedMappers;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The doctor finds mappers whose claims are dropped, and those that clients may have added
 * themselves.
 */
class MapperFindingsIT {
  @FapiRealm("fapi2-security-profile")
  private TestRealm realm;

  private List<String> problems(String clientId, String check) {
    return Doctor.of(realm).findings(clientId).stream()
        .filter(Doctor.by(check))
        .map(finding -> finding.path("problem").asText())
        .toList();
  }

  @Test
  void findsMappersOfAClientForDecidedClaims() {
    FapiClient client = TestClient.in(realm).register();
    assertThat(problems(client.clientId(), "fapi-client-mappers")).isEmpty();
    PlantedMappers mappers =
        PlantedMappers.none()
            .hardcoded("sub")
            .attribute("cnf.jkt", false)
            .note("AUTH_TIME", "a\\cr")
            .groups("resource_access.account.roles")
            .hardcoded("grant_id");
    PlantedMappers.none()
        .hardcoded("department")
        .attribute("roles", true)
        .note("AUTH_TIME", "auth_time")
        .note("client_id", "client_id")
        .realmRoles("realm_access.roles", true)
        .plant(realm, client);
    mappers.plant(realm, client);

    List<String> problems = problems(client.clientId(), "fapi-client-mappers");

    assertThat(problems).hasSameSizeAs(mappers.names());
    mappers
        .names()
        .forEach(
            name ->
                assertThat(problems)
                    .filteredOn(problem -> problem.contains("'" + name + "'"))
                    .hasSize(1));
  }

  @Test
  void findsMappersOfClientScopes() {
    FapiClient client = TestClient.in(realm).register();
    List<JsonNode> before = scopes();
    PlantedMappers mappers = PlantedMappers.none().hardcoded("acr").hardcoded("department");

    mappers.plantInScope(realm, client);

    assertThat(before).isEmpty();
    assertThat(scopes())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.path("problem").asText()).contains(mappers.names().get(0));
              assertThat(finding.path("where").path("kind").asText()).isEqualTo("scope");
            });
  }

  private List<JsonNode> scopes() {
    return Doctor.of(realm).findings().stream().filter(Doctor.by("fapi-scope-mappers")).toList();
  }

  @Test
  void listsEveryMapperOfAClientThatHoldsARegistrationAccessToken() {
    FapiClient client = TestClient.in(realm).attribute("acr.loa.map", "{\"gold\":1}").register();
    PlantedMappers mappers = PlantedMappers.none().hardcoded("department").attribute("roles", true);
    mappers.plant(realm, client);
    assertThat(problems(client.clientId(), "fapi-client-mappers")).isEmpty();
    String id = realm.admin().client(realm.name(), client.clientId()).path("id").asText();

    realm
        .admin()
        .send(
            "POST",
            "/" + realm.name() + "/clients/" + id + "/registration-access-token",
            Json.object());

    assertThat(problems(client.clientId(), "fapi-client-mappers"))
        // the two, the audience that every test client has, and the levels
        .hasSize(4)
        .allMatch(problem -> problem.contains("registration access token"))
        .anyMatch(problem -> problem.contains(mappers.names().get(0)))
        .anyMatch(problem -> problem.contains(mappers.names().get(1)))
        .anyMatch(problem -> problem.contains("authentication levels"));
  }
}
