package io.github.fapipack.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that is written as in docker/TOOLS.md reads back unchanged, even after use. */
@ExtendWith(ServerLogOnFailure.class)
class CanonicalFormIT {
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "display.on.consent.screen", "true",
          "consent.screen.text", "${fapiIdentityConsentText}",
          "pkce.code.challenge.method", "S256",
          "id.token.signed.response.alg", "ES256",
          "request.object.signature.alg", "ES256",
          "exclude.issuer.from.auth.response", "false",
          "x509.allow.regex.pattern.comparison", "false");

  @ParameterizedTest
  @ValueSource(strings = {"fapi2-security-profile", "fapi2-message-signing"})
  void readsBackAsItWasWritten(String profile) {
    boolean signs = profile.equals("fapi2-message-signing");
    try (TestRealm realm = TestRealm.create(profile)) {
      for (ClientAuth auth : List.of(ClientAuth.PRIVATE_KEY_JWT, ClientAuth.TLS_CLIENT_AUTH)) {
        TestClient described =
            TestClient.in(realm)
                .auth(auth)
                .constraint(SenderConstraint.DPOP)
                .attribute("dpop.bound.access.tokens", "true")
                .altering(CanonicalFormIT::write);
        FapiClient client = (signs ? described.signing() : described).register();
        JsonNode written = stored(realm, client);
        assertThat(written.path("consentRequired").asBoolean()).isTrue();
        assertThat(written.path("fullScopeAllowed").asBoolean()).isFalse();
        ATTRIBUTES.forEach(
            (name, value) ->
                assertThat(written.path("attributes").path(name).asText())
                    .as(name)
                    .isEqualTo(value));

        realm.admin().updateClient(realm.name(), (ObjectNode) written.deepCopy());
        assertThat(RealmState.differences(stored(realm, client), written)).isEmpty();

        client.tokens(TestRealm.USERNAME, realm.password());
        assertThat(RealmState.differences(stored(realm, client), written)).isEmpty();
      }
    }
  }

  private static void write(ObjectNode client) {
    client.put("consentRequired", true).put("fullScopeAllowed", false);
    ATTRIBUTES.forEach(client.withObject("/attributes")::put);
  }

  private static JsonNode stored(TestRealm realm, FapiClient client) {
    return realm.admin().client(realm.name(), client.clientId());
  }

  @Test
  void theDoctorSaysWhatToWrite() {
    try (TestRealm realm = TestRealm.create("fapi2-security-profile")) {
      FapiClient client = TestClient.in(realm).made(ClientOrigin.IMPORTED).register();

      JsonNode report =
          realm.admin().get("/" + realm.name() + "/fapi/report?client=" + client.clientId());

      List<String> remedies =
          StreamSupport.stream(report.path("findings").spliterator(), false)
              .map(finding -> finding.path("remedy").asText())
              .toList();
      assertThat(remedies)
          .anyMatch(remedy -> remedy.contains("write /fullScopeAllowed as false"))
          .anyMatch(remedy -> remedy.contains("/consentRequired as true"))
          .anyMatch(
              remedy -> remedy.contains("/attributes/id.token.signed.response.alg not at all"));
    }
  }
}
