package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.DynamicRegistration;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Media types are the same in whatever case they are written (RFC 9110 8.3.1). */
class MediaTypeIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client = TestClient.in(realm).register();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Application/X-WWW-Form-Urlencoded",
        "APPLICATION/X-WWW-FORM-URLENCODED; CHARSET=UTF-8",
        "application/x-www-form-urlencoded ; charset=\"utf-8\""
      })
  @Accepts(by = "SentForm", value = "RFC6749 3.2")
  void aFormIsReadInWhateverCaseItsTypeIsWritten(String type) {
    client.par().header("Content-Type", type).expect();
    client.clientCredentials().header("Content-Type", type).expect();
    Tokens tokens =
        client
            .token(client.authorize(TestRealm.USERNAME, realm.password()))
            .header("Content-Type", type)
            .expect();
    Tokens refreshed = client.refresh(tokens).header("Content-Type", type).expect();
    assertThat(
            client
                .introspect(tokens.accessToken())
                .header("Content-Type", type)
                .expect()
                .path("active")
                .asBoolean())
        .isTrue();
    client.userinfo(tokens).method("POST").body(type, "unheard_of=1").expect();
    client.revoke(refreshed.refreshToken()).header("Content-Type", type).expect();
    assertThat(client.refresh(refreshed).send().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Application/X-WWW-Form-Urlencoded2",
        "Text/Plain",
        "APPLICATION/JSON",
        "Multipart/Form-Data"
      })
  @Rejects(by = "SentForm", value = "RFC6749 3.2")
  void nothingButAFormIsReadInWhateverCase(String type) {
    for (FapiRequest<?> request : List.of(client.par(), client.clientCredentials())) {
      request.header("Content-Type", type).expectError(400, "invalid_request");
    }
  }

  @Test
  @Rejects(by = "SentForm", value = "RFC6749 3.2")
  void whatIsRefusedInAFormIsRefusedInEveryCase() {
    String type = "Application/X-WWW-Form-Urlencoded";
    for (FapiRequest<?> request :
        List.of(client.par(), client.clientCredentials(), client.introspect("x"))) {
      request
          .header("Content-Type", type)
          .with("scope", "openid")
          .adding("scope", "openid")
          .expectError(400, "invalid_request");
    }
    for (String body : List.of("a=%&%=b&%%", "a=1&".repeat(1001))) {
      assertThat(client.par().body(type, body).send().status()).as(body).isEqualTo(400);
    }
    client.par().body(type, "").send().expectError(401, "invalid_client");
  }

  @Test
  void registrationReadsJsonInWhateverCase() {
    String token =
        realm
            .admin()
            .send(
                "POST",
                "/" + realm.name() + "/clients-initial-access",
                Json.object().put("count", 5).put("expiration", 60))
            .json()
            .path("token")
            .asText();
    for (String type : List.of("Application/JSON", "application/json;CHARSET=utf-8")) {
      client
          .get(
              URI.create(realm.issuer() + "/clients-registrations/openid-connect"),
              answer -> answer)
          .method("POST")
          .header("Authorization", "Bearer " + token)
          .body(type, Json.text(DynamicRegistration.metadata(ClientKeys.create())))
          .send()
          .expectStatus(201);
    }
  }

  @Test
  void introspectionAnswersAsAskedInWhateverCase() {
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());
    assertThat(
            client
                .introspect(tokens.accessToken())
                .header("Accept", "Application/Token-Introspection+JWT")
                .send()
                .header("Content-Type"))
        .startsWithIgnoringCase("application/token-introspection+jwt");
    assertThat(
            client
                .introspect(tokens.accessToken())
                .header("Accept", "APPLICATION/JSON")
                .send()
                .json()
                .path("active")
                .asBoolean())
        .isTrue();
  }
}
