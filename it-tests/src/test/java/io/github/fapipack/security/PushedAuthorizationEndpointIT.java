package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lifetime of pushed requests, and the refusals of the endpoint. */
class PushedAuthorizationEndpointIT {
  private static final String RULE = "fapi2-limit-request-uri-lifetime";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    ObjectNode settings = realm.admin().realm(realm.name());
    settings.withObject("/attributes").put("parRequestUriLifespan", "86400");
    realm.admin().updateRealm(realm.name(), settings);
    client = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
  }

  @Test
  @Accepts(by = "LimitRequestUriLifetime", value = "FAPI2-SP 5.3.2.2-12")
  @Accepts(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-2")
  void capsTheLifetimeWhateverTheRealmSays() {
    realm.configure(RULE, Map.of("seconds", "90"));
    Pushed pushed = client.par().expect();

    assertThat(pushed.expiresIn()).isEqualTo(90);
    client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();
  }

  @Test
  @Rejects(by = "LimitRequestUriLifetime", value = "FAPI2-SP 5.3.2.2-12")
  @Rejects("RFC9126 4-3")
  void refusesARequestUriThatOutlivedTheCap() {
    realm.configure(RULE, Map.of("seconds", "5"));
    Pushed pushed = client.par().expect();
    assertThat(pushed.expiresIn()).isEqualTo(5);

    Instant patience = Instant.now().plus(Duration.ofSeconds(20));
    while (client.visit(pushed).open().last().status() < 400) {
      assertThat(Instant.now()).as("the request_uri still works").isBefore(patience);
    }
    client.visit(pushed).expectErrorPage();
  }

  @Test
  @Rejects(by = "LimitRequestUriLifetime", value = "FAPI2-SP 5.3.2.2-12")
  void refusesASettingOfTenMinutes() {
    AdminResponse answer =
        realm
            .admin()
            .send(
                "PUT",
                "/" + realm.name() + "/client-policies/profiles",
                withSeconds(realm.admin().clientProfiles(realm.name()), "600"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains(RULE, "seconds");
  }

  @Test
  @Rejects(by = "RequireConfidentialClient", value = "FAPI2-SP 5.3.2.2-4")
  @Rejects(by = "RequireAsymmetricClientAuthentication", value = "RFC9126 2.1-1")
  @Rejects("RFC9126 2.3-1")
  void saysThatTheClientWasNotAuthenticated() {
    HttpExchange refusal =
        client.par().withoutAuthentication().with("client_id", client.clientId()).send();
    refusal.expectError(401, "invalid_client");
    assertThat(refusal.header("WWW-Authenticate")).isNull();
    client.par().with("client_assertion", "a.b.c").expectError(401, "invalid_client");
    client.par().with("client_id", "nobody").expectError(401, "invalid_client");
  }

  @Test
  @Rejects({"RFC9126 2.1-2", "RFC9126 2.3-1"})
  void refusesMalformedRequestsWithAClientError() {
    client.par().with("request_uri", "urn:x").expectError(400, "invalid_request");
    client.par().with("max_age", "soon").expectError(400, "invalid_request");
    client.par().with("request", "garbage").expectError("invalid_request_object");
    client.par().method("GET").send().expectStatus(405);
  }

  private static ObjectNode withSeconds(ObjectNode profiles, String seconds) {
    profiles
        .path("profiles")
        .get(0)
        .path("executors")
        .forEach(
            executor -> {
              if (RULE.equals(executor.path("executor").asText())) {
                ((ObjectNode) executor).withObject("/configuration").put("seconds", seconds);
              }
            });
    return profiles;
  }
}
