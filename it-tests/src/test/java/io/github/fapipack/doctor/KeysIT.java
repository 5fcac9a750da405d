package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.testing.DatedKeys;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestRealm;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates are listed with their end, and those near their end are findings. */
class KeysIT {
  @FapiRealm(FapiRealm.LEGACY_BANK)
  private static TestRealm realm;

  private static Doctor doctor;
  private static JwksServer remote;

  @BeforeAll
  static void registerClients() {
    doctor = Doctor.of(realm);
    remote = JwksServer.https(realm.server().pki()).serving(DatedKeys.keySet("remote", 3));
    client("signs", "client-jwt").putAll(inline(DatedKeys.keySet("signs", 10))).create();
    client("self-signed", "client-x509")
        .put("x509.self.signed", "true")
        .putAll(inline(DatedKeys.keySet("self-signed", -1)))
        .create();
    client("self-signed-soon", "client-x509")
        .put("x509.self.signed", "true")
        .putAll(inline(DatedKeys.keySet("self-signed-soon", 20)))
        .create();
    client("says-so", "client-jwt").putAll(inline(keySetWithExp(5))).create();
    client("attribute", "client-jwt")
        .put("jwt.credential.certificate", DatedKeys.certificate("attribute", 100))
        .create();
    client("saml-app", "client-jwt")
        .protocol("saml")
        .put("saml.signing.certificate", DatedKeys.certificate("saml-app", -5))
        .create();
    client("switched-off", "client-jwt")
        .enabled(false)
        .putAll(inline(DatedKeys.keySet("switched-off", -7)))
        .create();
    client("fetched", "client-jwt")
        .put("use.jwks.url", "true")
        .put("jwks.url", remote.uri().toString())
        .create();
    client("broken", "client-jwt")
        .putAll(inline("{\"keys\":[{\"kid\":\"odd\",\"x5c\":[7]}]}"))
        .create();
  }

  @AfterAll
  static void deleteRealm() {
    remote.close();
  }

  private static final class Client {
    private final ObjectNode json = Json.object();

    Client put(String attribute, String value) {
      json.withObject("/attributes").put(attribute, value);
      return this;
    }

    Client putAll(ObjectNode attributes) {
      json.withObject("/attributes").setAll(attributes);
      return this;
    }

    Client protocol(String protocol) {
      json.put("protocol", protocol);
      return this;
    }

    Client enabled(boolean enabled) {
      json.put("enabled", enabled);
      return this;
    }

    void create() {
      realm.admin().createClient(realm.name(), json);
    }
  }

  private static Client client(String clientId, String authenticator) {
    Client client = new Client();
    client
        .json
        .put("clientId", clientId)
        .put("protocol", "openid-connect")
        .put("clientAuthenticatorType", authenticator)
        .put("serviceAccountsEnabled", true)
        .put("standardFlowEnabled", false);
    return client;
  }

  private static ObjectNode inline(String keySet) {
    return Json.object().put("use.jwks.string", "true").put("jwks.string", keySet);
  }

  private static String keySetWithExp(int days) {
    ECKey key = new ECKey.Builder(Curve.P_256, (ECPublicKey) Keys.ec().getPublic()).build();
    ObjectNode keySet = (ObjectNode) Json.parse(new JWKSet(key).toString());
    ((ObjectNode) keySet.path("keys").get(0))
        .put("kid", "says-so")
        .put("exp", DatedKeys.end(days).getEpochSecond());
    return keySet.toString();
  }

  private static JsonNode keys(String query) {
    return doctor.send("GET", "keys?" + query, null).json();
  }

  private static List<String> owners(JsonNode answer) {
    return Doctor.texts(answer.path("keys"), "/owner/name");
  }

  private static JsonNode of(String clientId) {
    return Doctor.list(keys("owner=client&max=500").path("keys")).stream()
        .filter(key -> key.at("/owner/name").asText().equals(clientId))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatEndsFirstComesFirstAndWhatHasNoEndLast() {
    assertThat(owners(keys("owner=client&max=500")))
        .containsSubsequence(
            "switched-off",
            "self-signed",
            "says-so",
            "signs",
            "self-signed-soon",
            "attribute",
            "broken")
        .doesNotContain("saml-app", "fetched");
  }

  @Test
  void eachSaysWhereItIsAndHowNearItsEndIs() {
    JsonNode signs = of("signs");

    assertThat(signs.path("source").asText()).isEqualTo("jwks");
    assertThat(signs.path("kid").asText()).isEqualTo("signs");
    assertThat(signs.path("subject").asText()).isEqualTo("CN=signs");
    assertThat(signs.path("algorithm").asText()).isEqualTo("EC");
    assertThat(signs.path("state").asText()).isEqualTo("ending");
    assertThat(signs.path("days").asInt()).isEqualTo(10);
    assertThat(of("self-signed").path("state").asText()).isEqualTo("ended");
    assertThat(of("says-so").path("days").asInt()).isEqualTo(5);
    assertThat(of("attribute").path("state").asText()).isEqualTo("good");
    assertThat(of("attribute").path("source").asText()).isEqualTo("jwt.credential.certificate");
    assertThat(of("broken").path("state").asText()).isEqualTo("undated");
    assertThat(of("switched-off").path("status").asText()).isEqualTo("disabled");
  }

  @Test
  void onlyWhatIsInUseIsCounted() {
    JsonNode answer = keys("owner=client");

    assertThat(answer.path("ended").asInt()).isEqualTo(1);
    assertThat(answer.path("ending").asInt()).isEqualTo(3);
  }

  @Test
  void filtersAndPages() {
    assertThat(owners(keys("owner=client&within=15")))
        .containsExactly("switched-off", "self-signed", "says-so", "signs");
    assertThat(owners(keys("search=SELF-signed")))
        .containsExactly("self-signed", "self-signed-soon");
    JsonNode page = keys("owner=client&within=15&first=1&max=2");
    assertThat(owners(page)).containsExactly("self-signed", "says-so");
    assertThat(page.path("total").asInt()).isEqualTo(4);
  }

  @Test
  void theRealmsOwnKeysAndTheServersCertificateAreThere() {
    JsonNode realms = keys("owner=realm&max=500");
    assertThat(Doctor.texts(realms.path("keys"), "/algorithm")).contains("RS256");
    assertThat(Doctor.list(realms.path("keys")))
        .anySatisfy(
            key -> {
              assertThat(key.path("status").asText()).isEqualTo("active");
              assertThat(key.path("notAfter").asLong()).isGreaterThan(System.currentTimeMillis());
              assertThat(key.path("source").asText()).isNotBlank();
            });

    JsonNode server = keys("owner=server");
    assertThat(server.path("serverKnown").asBoolean()).isTrue();
    assertThat(server.at("/keys/0/subject").asText()).isEqualTo("CN=localhost");
    assertThat(server.at("/keys/0/use").asText()).isEqualTo("tls");
  }

  @Test
  void whatIsAtAJwksUriIsOnlyFetchedWhenAsked() {
    int before = remote.requests();
    assertThat(owners(keys("search=remote"))).isEmpty();
    assertThat(remote.requests()).isEqualTo(before);

    JsonNode fetched = keys("search=remote&fetch=true");

    assertThat(owners(fetched)).containsExactly("fetched");
    assertThat(fetched.at("/keys/0/source").asText()).isEqualTo("jwks_uri");
    assertThat(fetched.at("/keys/0/days").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"within=soon", "within=-1", "owner=planet", "fetch=maybe", "client=x"})
  void refusesWhatItDoesNotUnderstand(String query) {
    assertThat(doctor.send("GET", "keys?" + query, null).status()).isEqualTo(400);
  }

  @Test
  void certificatesOfClientsThatDoNotSignAreFindingsToo() {
    assertThat(problems("self-signed")).contains("a certificate of the client has expired");
    assertThat(problems("self-signed-soon"))
        .contains("a certificate of the client expires in 20 days");
    assertThat(problems("says-so"))
        .contains("a key of the client expires in 5 days, as it says itself");
    assertThat(problems("attribute")).noneMatch(problem -> problem.contains("expire"));
  }

  private static List<String> problems(String clientId) {
    return doctor.findings(clientId).stream()
        .filter(Doctor.by("fapi-client-keys"))
        .map(finding -> finding.path("problem").asText())
        .toList();
  }
}
