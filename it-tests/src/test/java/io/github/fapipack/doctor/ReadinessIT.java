package io.github.fapipack.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The state of a weak realm; a client that is called ready keeps working when it is enforced. */
class ReadinessIT {
  private static final String OWN = "fapi2-security-profile";

  @FapiRealm(FapiRealm.LEGACY_BANK)
  private TestRealm realm;

  private Doctor doctor;

  @BeforeEach
  void callDoctor() {
    doctor = Doctor.of(realm);
  }

  @Test
  void tellsThreeStatesApartAndRecommendsTheRealmsOwnProfile() {
    assertThat(get("rollout?max=1").path("state").asText()).isEqualTo("notApplied");
    assertThat(get("rollout?max=1").path("mode").asText()).isEqualTo("enforce");
    JsonNode profiles = get("profiles?summary=false");
    assertThat(profiles.path("chosen").asText()).isEqualTo(OWN);
    assertThat(Doctor.texts(profiles.path("profiles"), "/state")).containsOnly("notApplied");

    doctor.apply("mode=report");
    assertThat(get("rollout?max=1").path("state").asText()).isEqualTo("report");
    assertThat(state(OWN)).isEqualTo("report");
    assertThat(state("fapi2-message-signing")).isEqualTo("notApplied");

    doctor.apply("profile=fapi2-message-signing");
    assertThat(get("rollout?max=1").path("state").asText()).isEqualTo("enforced");
    assertThat(get("profiles?summary=false").path("chosen").asText())
        .isEqualTo("fapi2-message-signing");
    assertThat(state("fapi2-message-signing")).isEqualTo("enforced");
    assertThat(state("fapi1-advanced")).isEqualTo("notApplied");
  }

  @Test
  void aReadyClientGoesOnWhenItAloneIsEnforced() {
    JsonNode planned = doctor.plan("mode=report").path("changes");
    assertThat(Doctor.list(planned))
        .filteredOn(change -> change.at("/where/kind").asText().equals("key"))
        .extracting(change -> change.at("/where/name").asText())
        .containsExactlyInAnyOrder("ES256 signatures", "PS256 signatures", "EdDSA signatures");
    FapiClient other = TestClient.in(realm).register();
    String signed = flow(other);
    doctor.apply("mode=report");
    assertThat(flow(other)).as("others notice nothing").isEqualTo(signed);

    List<FapiClient> ready =
        List.of(
            TestClient.in(realm).register(),
            TestClient.in(realm)
                .auth(ClientAuth.TLS_CLIENT_AUTH)
                .constraint(SenderConstraint.MTLS)
                .register());
    for (FapiClient client : ready) {
      flow(client);
      JsonNode listed = listed(client);
      assertThat(listed.path("state").asText()).isEqualTo("ready");
      assertThat(listed.path("wouldBeRefused").asInt()).as(listed.toString()).isZero();

      assertThat(enforce("client=" + client.clientId()).status()).isEqualTo(200);
      flow(client);
      assertThat(listed(client).path("refused").asInt()).isZero();
      client.par().without("code_challenge").expectError("invalid_request");
    }
    assertThat(flow(other)).isEqualTo(signed);
  }

  @Test
  void enforcesNoClientWhereTheRealmCannotSignForIt() {
    doctor.apply("mode=report");
    FapiClient client = TestClient.in(realm).register();
    for (JsonNode component : realm.admin().get("/" + realm.name() + "/components")) {
      if (component.path("name").asText().matches("(ES256|PS256|EdDSA) signatures")) {
        String path = "/" + realm.name() + "/components/" + component.path("id").asText();
        assertThat(realm.admin().send("DELETE", path, null).status()).isEqualTo(204);
      }
    }

    AdminResponse refused = enforce("client=" + client.clientId());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.json().path("errorMessage").asText())
        .contains("no active key for any of PS256, ES256, EdDSA")
        .isEqualTo(get("rollout?max=1").path("blocked").asText());
    client.par().expect();

    doctor.apply("mode=report");
    assertThat(get("rollout?max=1").has("blocked")).isFalse();
    assertThat(enforce("client=" + client.clientId()).status()).isEqualTo(200);
    flow(client);
  }

  @Test
  void countsTheRequestsThatAreProvenToBeAClients() {
    doctor.apply("mode=report");
    FapiClient client = TestClient.in(realm).register();
    FapiClient impostor = TestClient.in(realm).register().but().clientId(client.clientId()).build();
    impostor.par().send();
    JsonNode silent = listed(client);
    assertThat(silent.path("requests").asInt()).isZero();
    assertThat(silent.has("lastSeen")).isFalse();
    assertThat(silent.has("cleanSince")).isFalse();

    long before = System.currentTimeMillis();
    client.par().expect();
    client.par().expect();
    client.clientCredentials().expect();
    JsonNode seen = listed(client);
    assertThat(seen.path("requests").asInt()).isEqualTo(3);
    assertThat(seen.path("lastSeen").asLong()).isBetween(before, System.currentTimeMillis());
    assertThat(seen.path("cleanSince").asLong()).isPositive();
    client.tokens(TestRealm.USERNAME, realm.password()); // pushed, logged in, code redeemed
    assertThat(listed(client).path("requests").asInt()).isEqualTo(6);

    ObjectNode registration = realm.admin().client(realm.name(), client.clientId());
    realm.admin().deleteClient(realm.name(), client.clientId());
    realm.admin().createClient(realm.name(), registration);
    assertThat(listed(client).path("requests").asInt()).as("of another with that id").isZero();
  }

  @Test
  void enforcesAllThatHaveBeenCleanForDaysAndNamesTheOthers() {
    doctor.apply("mode=report");
    FapiClient good = TestClient.in(realm).register();
    FapiClient bad = TestClient.in(realm).register();
    FapiClient silent = TestClient.in(realm).register();
    good.par().expect();
    bad.par().without("code_challenge").without("code_challenge_method").expect();

    JsonNode tooShort = enforce("cleanDays=7").json();
    assertThat(tooShort.path("clients")).isEmpty();
    assertThat(reason(tooShort, good)).isEqualTo("tooShort");

    ObjectNode settings = realm.admin().realm(realm.name());
    settings.withObject("/attributes").put("fapi.rollout.since", "1700000000");
    realm.admin().updateRealm(realm.name(), settings);
    JsonNode dryRun = enforce("cleanDays=7").json();
    assertThat(dryRun.path("dryRun").asBoolean()).isTrue();
    assertThat(Doctor.texts(dryRun.path("clients"), "/clientId")).containsExactly(good.clientId());
    assertThat(reason(dryRun, bad)).isEqualTo("refusals");
    assertThat(reason(dryRun, silent)).isEqualTo("noRequests");
    assertThat(reason(dryRun, "spa")).isEqualTo("findings");
    bad.par().without("code_challenge").without("code_challenge_method").expect();
    good.par().without("code_challenge").without("code_challenge_method").expect();
    AdminResponse stale =
        enforce("cleanDays=7&dryRun=false&planId=" + dryRun.path("planId").asText());
    assertThat(stale.status()).isEqualTo(409);

    FapiClient other = TestClient.in(realm).register();
    other.par().expect();
    JsonNode done = enforce("cleanDays=7&dryRun=false").json();
    assertThat(Doctor.texts(done.path("clients"), "/clientId")).containsExactly(other.clientId());
    assertThat(done.path("enforcedClients").asInt()).isEqualTo(1);
    other
        .par()
        .without("code_challenge")
        .without("code_challenge_method")
        .expectError("invalid_request");
    bad.par().without("code_challenge").without("code_challenge_method").expect();

    assertThat(enforce("cleanDays=-1").status()).isEqualTo(400);
    assertThat(enforce("cleanDays=7&client=x").status()).isEqualTo(400);
    doctor.apply("");
    assertThat(enforce("cleanDays=7").status()).isEqualTo(409);
  }

  private static String reason(JsonNode answer, FapiClient client) {
    return reason(answer, client.clientId());
  }

  private static String reason(JsonNode answer, String clientId) {
    return Doctor.list(answer.path("left")).stream()
        .filter(left -> left.path("clientId").asText().equals(clientId))
        .map(left -> left.path("reason").asText())
        .findFirst()
        .orElse("");
  }

  /** A whole flow; returns the signature algorithm of the access token. */
  private String flow(FapiClient client) {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    client.userinfo(tokens).expect();
    Tokens refreshed = client.refresh(tokens).expect();
    assertThat(client.introspect(refreshed.accessToken()).expect().path("active").asBoolean())
        .isTrue();
    client.revoke(refreshed.refreshToken()).expect();
    return String.valueOf(tokens.accessHeader().get("alg"));
  }

  private AdminResponse enforce(String query) {
    return doctor.send("PUT", "rollout?mode=enforce&" + query, null);
  }

  private JsonNode get(String path) {
    return realm.admin().get("/" + realm.name() + "/fapi/" + path);
  }

  private JsonNode listed(FapiClient client) {
    return get("clients?search=" + client.clientId()).at("/clients/0");
  }

  private String state(String profile) {
    return Doctor.list(get("profiles?summary=false").path("profiles")).stream()
        .filter(one -> one.path("name").asText().equals(profile))
        .findFirst()
        .orElseThrow()
        .path("state")
        .asText();
  }
}
