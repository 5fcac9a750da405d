package io.github.fapipack.claims;

import static io.github.fapipack.claims.PlantedMappers.FORGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever mappers are added, claims that rules and Keycloak determine have one, unchanged value.
 */
class PlantedMapperIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static IssuedClaims login(FapiClient client) {
    return IssuedClaims.of(client, client.tokens(TestRealm.USERNAME, realm.password()));
  }

  static Stream<Arguments> kinds() {
    PlantedMappers text = PlantedMappers.none();
    PlantedMappers json = PlantedMappers.none();
    PlantedMappers number = PlantedMappers.none();
    PlantedMappers attribute = PlantedMappers.none();
    PlantedMappers attributes = PlantedMappers.none();
    PlantedMappers property = PlantedMappers.none();
    PlantedMappers groups = PlantedMappers.none();
    PlantedMappers roles = PlantedMappers.none();
    PlantedMappers notes = PlantedMappers.none();
    for (String claim : PlantedMappers.OF_TOKENS) {
      text.hardcoded(claim);
      json.hardcoded(claim, "{\"jkt\":\"" + FORGED + "\"}", "JSON");
      json.hardcoded(claim, "[{\"type\":\"" + FORGED + "\"}]", "JSON");
      number.hardcoded(claim, "4102444800", "long");
      attribute.attribute(claim, false);
      attributes.attribute(claim, true);
      property.property(claim);
      groups.groups(claim);
      if (!claim.startsWith("auth_time")) {
        notes.note("AUTH_TIME", claim);
      }
      roles.realmRoles(claim, true);
    }
    PlantedMappers response = PlantedMappers.none();
    PlantedMappers.OF_RESPONSES.forEach(
        member -> response.inResponse(member, FORGED, "String").inResponse(member, "1", "int"));
    return Stream.of(
        Arguments.of("hard-coded text", text),
        Arguments.of("hard-coded JSON", json),
        Arguments.of("hard-coded numbers", number),
        Arguments.of("a user attribute", attribute),
        Arguments.of("a user attribute with many values", attributes),
        Arguments.of("a user property", property),
        Arguments.of("groups", groups),
        Arguments.of("roles", roles),
        Arguments.of("session notes", notes),
        Arguments.of("members of the token response", response));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  @Rejects(
      by = "RestrictProtocolMappers",
      value = {"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.3-p1", "RFC9068 2.2"})
  void noKindOfMapperWritesWhatIsDecided(String kind, PlantedMappers mappers) {
    FapiClient client = TestClient.in(realm).register();
    IssuedClaims before = login(client);

    mappers.plant(realm, client);

    login(client).assertLike(before);
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.1-4")
  @Rejects(by = "TokenDetailsWriter", value = "RFC9396 9.1-1")
  @Rejects("RFC9449 6.1-1")
  void pathsIntoDecidedClaimsLeadNowhere(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();
    IssuedClaims before = login(client);
    PlantedMappers mappers = PlantedMappers.none();
    for (String claim :
        new String[] {
          "cnf.jkt",
          "cnf.x5t#S256",
          "cnf\\.x.y",
          "\\cnf.jkt",
          "c\\nf.jkt",
          "authorization_details.type",
          "authorization\\_details",
          "s\\ub",
          "sub.",
          "sub.x",
          "\\a\\u\\d",
          "amr.x",
          "acr.x",
          "aud.x",
          "azp.",
          "grant_id.x",
          "sid.x",
          "scope.x",
          "realm_access.roles",
          "resource_access.account.roles",
          "resource_access.roles"
        }) {
      mappers.hardcoded(claim).attribute(claim, true);
    }

    mappers.plant(realm, client);

    login(client).assertLike(before, "cnf.x");
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.1-4")
  void rolesStandOnceWhereverAMapperPutsThem() {
    FapiClient client =
        TestClient.in(realm).altering(c -> c.put("fullScopeAllowed", true)).register();
    IssuedClaims before = login(client);

    PlantedMappers.none()
        .realmRoles("realm_access", true)
        .realmRoles("realm_access.roles", false)
        .realmRoles("realm_access.roles.more", true)
        .realmRoles("resource_access", true)
        .plant(realm, client);

    IssuedClaims after = login(client);
    assertThat(after.in("first access token").path("realm_access"))
        .isEqualTo(before.in("first access token").path("realm_access"));
    assertThat(after.in("introspection").path("resource_access"))
        .isEqualTo(before.in("introspection").path("resource_access"));
  }

  @Test
  @Rejects(by = "RestrictProtocolMappers", value = "FAPI2-SP 5.3.2.1-4")
  void aMapperOfAClientScopeIsHeldToTheSame() {
    FapiClient client = TestClient.in(realm).register();
    IssuedClaims before = login(client);
    PlantedMappers mappers = PlantedMappers.none();
    PlantedMappers.OF_TOKENS.forEach(mappers::hardcoded);

    mappers.plantInScope(realm, client);

    // Keycloak names the scope itself, which is as it should be.
    IssuedClaims after = login(client);
    after.assertNowhere(FORGED, PlantedMappers.OF_TOKENS);
    assertThat(after.in("userinfo").path("sub")).isEqualTo(before.in("userinfo").path("sub"));
  }

  @Test
  @Accepts(
      by = "RestrictProtocolMappers",
      value = {"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.3-p1", "RFC9068 2.2"})
  void everythingElseMappersWriteStays() {
    FapiClient client = TestClient.in(realm).register();
    IssuedClaims before = login(client);

    PlantedMappers.none()
        .hardcoded("department", "loans", "String")
        .hardcoded("https://bank\\.example/tier", "3", "int")
        .hardcoded("nested.path.claim", "{\"a\":[1,2]}", "JSON")
        .attribute("roles", true)
        .property("email")
        .groups("groups")
        .hardcoded("cnf_note", "x", "String")
        .hardcoded("patient", "p-1", "String")
        .plant(realm, client);

    IssuedClaims after = login(client);
    after.assertLike(
        before,
        "department",
        "https://bank.example/tier",
        "nested",
        "roles",
        "email",
        "groups",
        "cnf_note",
        "patient");
    after
        .all()
        .forEach(
            (place, document) -> {
              assertThat(document.path("department").asText()).as(place).isEqualTo("loans");
              assertThat(document.path("patient").asText()).as(place).isEqualTo("p-1");
            });
    assertThat(after.in("userinfo").path("nested").path("path").path("claim").path("a")).hasSize(2);
    assertThat(after.in("first access token").path("https://bank.example/tier").asInt())
        .isEqualTo(3);
  }
}
