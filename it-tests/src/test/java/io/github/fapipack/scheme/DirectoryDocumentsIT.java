package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.ECKey;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.scheme.Scheme;
import io.github.fapipack.it.scheme.Scheme.Member;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scheme's directory publishes for everybody. */
class DirectoryDocumentsIT {
  @FapiRealm("fapi-directory")
  private static TestRealm realm;

  private static Scheme scheme;
  private static JsonNode organisation;
  private static Member member;

  @BeforeAll
  static void anOrganisationWithASoftware() {
    scheme = Scheme.in(realm.server(), realm.name());
    organisation = scheme.organisation("Bank \"A\" <b>, O=x", "12345678", "BR");
    member = scheme.software(organisation, "First software");
  }

  @Test
  void theListNamesOrganisationsAndSoftware() {
    HttpExchange answer = scheme.get("participants").expectStatus(200);

    assertThat(answer.header("Content-Type")).startsWith("application/json");
    JsonNode entry = entry(answer, member.organisation());
    assertThat(entry.path("name").asText()).isEqualTo("Bank \"A\" <b>, O=x");
    assertThat(entry.path("status").asText()).isEqualTo("active");
    assertThat(entry.path("number").asText()).isEqualTo("12345678");
    assertThat(entry.path("software"))
        .anySatisfy(
            software -> {
              assertThat(software.path("id").asText()).isEqualTo(member.software());
              assertThat(software.path("jwks_uri").asText())
                  .isEqualTo(scheme.address(member.keys(true)).toString());
            });
  }

  private static JsonNode entry(HttpExchange list, String id) {
    for (JsonNode each : list.json().path("organisations")) {
      if (each.path("id").asText().equals(id)) {
        return each;
      }
    }
    throw new AssertionError("no organisation " + id + " in\n" + list);
  }

  @Test
  void whoHasTheListAlreadyGetsItAgainOnlyAfterAChange() {
    HttpExchange first = scheme.get("participants").expectStatus(200);
    String tag = first.header("ETag");
    assertThat(tag).startsWith("\"").endsWith("\"");
    assertThat(first.header("Cache-Control")).contains("max-age");

    HttpExchange second = ifNoneMatch(tag).expectStatus(304);
    assertThat(second.body()).isEmpty();
    assertThat(second.header("ETag")).isEqualTo(tag);
    ifNoneMatch("\"x\", W/" + tag).expectStatus(304);
    ifNoneMatch("*").expectStatus(304);
    ifNoneMatch("\"x\"").expectStatus(200);

    JsonNode other = scheme.organisation("Bank B", "87654321", "BR");
    HttpExchange changed = ifNoneMatch(tag).expectStatus(200);
    assertThat(entry(changed, other.path("id").asText()).path("software")).isEmpty();
  }

  private static HttpExchange ifNoneMatch(String tags) {
    return scheme.send("GET", "participants", new NamedValues().set("If-None-Match", tags));
  }

  @Test
  void aDecisionIsInTheListAtOnce() {
    Member ended = scheme.software(organisation, "Second software");
    scheme.decide(ended, "suspended");

    assertThat(entry(scheme.get("participants"), ended.organisation()).path("software"))
        .anySatisfy(
            software -> {
              assertThat(software.path("id").asText()).isEqualTo(ended.software());
              assertThat(software.path("status").asText()).isEqualTo("suspended");
            });
  }

  @Test
  void headHasNoContent() {
    HttpExchange answer = scheme.send("HEAD", "participants", new NamedValues()).expectStatus(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(scheme.get("participants").header("ETag"));
  }

  @Test
  void theKeysForStatementsAreThoseOfTheTemplatesAlgorithm() {
    JsonNode keys = scheme.get("keystore/statements.jwks").expectStatus(200).json().path("keys");

    assertThat(keys).isNotEmpty();
    assertThat(keys)
        .allSatisfy(
            key -> {
              assertThat(key.path("alg").asText()).isEqualTo("PS256");
              assertThat(key.path("use").asText()).isEqualTo("sig");
              assertThat(key.has("d")).isFalse();
            });
    scheme.get("keystore/openbanking.jwks").expectError(404, "not_found");
  }

  @Test
  void aRevokedKeyIsInTheOtherSet() {
    Member owner = scheme.software(organisation, "With keys");
    ECKey key = ClientKeys.es256().toECKey();
    JsonNode published =
        scheme.operate(
            "POST",
            "software/" + owner.software() + "/keys",
            Json.object().put("key", key.toPublicJWK().toJSONString()));

    assertThat(kids(owner.keys(true))).containsExactly(published.path("kid").asText());
    assertThat(kids(owner.keys(false))).isEmpty();

    scheme.operate("DELETE", "keys/" + published.path("id").asText(), null);
    assertThat(kids(owner.keys(true))).isEmpty();
    assertThat(kids(owner.keys(false))).containsExactly(published.path("kid").asText());
  }

  private static List<String> kids(String path) {
    return scheme.get(path).expectStatus(200).json().path("keys").findValuesAsText("kid");
  }

  @Test
  void whatIsNotActiveHasNoActiveKeys() {
    JsonNode suspended = scheme.organisation("Bank C", "11111111", "BR");
    Member owner = scheme.software(suspended, "Suspended with its organisation");
    scheme.operate(
        "POST",
        "software/" + owner.software() + "/keys",
        Json.object().put("key", ClientKeys.es256().toPublicJWK().toJSONString()));
    assertThat(kids(owner.keys(true))).hasSize(1);

    scheme.decideOrganisation(owner, "suspended");
    assertThat(kids(owner.keys(true))).isEmpty();
    assertThat(kids(owner.keys(false))).hasSize(1);

    scheme.decideOrganisation(owner, "active");
    assertThat(kids(owner.keys(true))).hasSize(1);
  }

  @Test
  void organisationsHaveKeysOfTheirOwn() {
    String path = "keystore/" + member.organisation();
    scheme.get(path + "/application.jwks").expectStatus(200);
    scheme.get(path + "/inactive/application.jwks").expectStatus(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "keystore",
        "keystore/nobody/application.jwks",
        "keystore/nobody/inactive/application.jwks",
        "keystore/nobody/nobody/application.jwks",
        "keystore/%00/application.jwks",
        "keystore/a%2Fb/application.jwks",
        "keystore/..%2f..%2f/application.jwks",
        "participants/more",
        "organisations",
        "organisations/x/softwarestatements/y"
      })
  void whatIsNotThereIsUnknown(String path) {
    scheme.get(path).expectStatus(404);
  }

  @Test
  void theKeysOfASoftwareAreBelowItsOwnOrganisationOnly() {
    JsonNode other = scheme.organisation("Bank D", "22222222", "BR");
    scheme
        .get(new Member(other.path("id").asText(), member.software()).keys(true))
        .expectError(404, "not_found");
  }

  @Test
  void theProfileForBanksNamesThisDirectory() {
    JsonNode profile = scheme.get("ecosystem-profile").expectStatus(200).json();

    assertThat(profile.at("/directory/issuer").asText()).isEqualTo(realm.issuer() + "/directory");
    assertThat(profile.at("/directory/jwks_uri").asText())
        .isEqualTo(scheme.address("keystore/statements.jwks").toString());
    assertThat(profile.at("/directory/status/uri").asText())
        .isEqualTo(scheme.address("participants").toString());
    assertThat(Scheme.read(profile.at("/certificate/anchors/0").asText()).getBasicConstraints())
        .isNotNegative();
  }

  @Test
  void discoveryIsThatOfTheRealm() {
    HttpTransport anybody = scheme.transport(null);
    JsonNode discovery =
        anybody
            .send(
                "GET",
                URI.create(realm.issuer() + "/.well-known/openid-configuration"),
                new NamedValues(),
                "")
            .expectStatus(200)
            .json();
    assertThat(discovery.path("scopes_supported").toString()).contains(Scheme.SCOPE);
    assertThat(discovery.path("grant_types_supported").toString()).contains("client_credentials");
    assertThat(discovery.path("tls_client_certificate_bound_access_tokens").asBoolean()).isTrue();
  }

  @Test
  void scriptsOfOtherSitesGetNoPermission() {
    HttpExchange answer =
        scheme.send("GET", "participants", new NamedValues().set("Origin", "https://evil.example"));
    assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
  }

  @Test
  void aRealmWithoutASchemeIsNoDirectory() {
    try (TestRealm bank = TestRealm.create("fapi2-security-profile")) {
      Scheme none = Scheme.in(bank.server(), bank.name());
      none.get("participants").expectStatus(404);
      none.get("keystore/statements.jwks").expectStatus(404);
      none.get("organisations/x/softwarestatements/y/assertion").expectStatus(404);
    }
  }

  @Test
  void aRealmWithATemplateThatCannotBeReadIsNoDirectory() {
    try (TestRealm broken = TestRealm.create("fapi-directory")) {
      broken
          .admin()
          .updateRealm(
              broken.name(),
              Json.object()
                  .set(
                      "attributes",
                      Json.object().put("fapi.scheme", "own").put("fapi.scheme.own", "{}")));
      Scheme.in(broken.server(), broken.name()).get("participants").expectStatus(404);
    }
  }
}
