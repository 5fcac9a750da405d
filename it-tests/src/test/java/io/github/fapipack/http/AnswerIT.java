package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.browser.FrontChannelAnswer;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of answers: status of redirects, caching, cross-origin access, interaction id. */
class AnswerIT {
  private static final String ID = "x-fapi-interaction-id";
  private static final String ORIGIN = "https://spa.example";

  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client;

  @BeforeAll
  static void registerClient() {
    client =
        TestClient.in(realm)
            .altering(registration -> registration.putArray("webOrigins").add(ORIGIN))
            .register();
  }

  @Test
  @Accepts(
      by = "SeeOther",
      value = {"FAPI2-SP 5.3.2.2-10", "FAPI2-SP 5.3.2.2-11"})
  @Rejects(
      by = "SeeOther",
      value = {"FAPI2-SP 5.3.2.2-10", "FAPI2-SP 5.3.2.2-11"})
  void redirectsTheBrowserWithSeeOther() {
    FrontChannelAnswer answer =
        client.visit(client.par().expect()).as(TestRealm.USERNAME, realm.password()).open();

    assertThat(answer.answersToPosts()).hasSizeGreaterThanOrEqualTo(2);
    assertThat(answer.hops())
        .filteredOn(hop -> hop.header("Location") != null)
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(hop -> assertThat(hop.status()).isEqualTo(303));
    assertThat(answer.hops()).allSatisfy(hop -> assertThat(hop.header(ID)).isNotNull());
  }

  @Test
  @Accepts(by = "NoCrossOrigin", value = "FAPI2-SP 5.2.3-3")
  @Rejects(by = "NoCrossOrigin", value = "FAPI2-SP 5.2.3-3")
  void letsScriptsReadTokensButNotTheAuthorizationEndpoint() {
    URI address = client.discovery().endpoint("authorization_endpoint", false);
    for (String method : new String[] {"GET", "OPTIONS"}) {
      HttpExchange answer =
          client
              .get(address, exchange -> exchange)
              .method(method)
              .header("Origin", ORIGIN)
              .header("Access-Control-Request-Method", "GET")
              .send();
      assertThat(answer.headers().entries())
          .noneMatch(
              entry -> entry.getKey().toLowerCase(Locale.ROOT).startsWith("access-control-"));
    }

    HttpExchange pushed = client.par().header("Origin", ORIGIN).send().expectStatus(201);
    assertThat(pushed.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    assertThat(pushed.header("Access-Control-Expose-Headers"))
        .contains("DPoP-Nonce", "WWW-Authenticate", ID);
  }

  @Test
  @Accepts("RFC9126 2.2-1")
  void keepsEveryMachineAnswerOutOfCaches() {
    for (HttpExchange answer :
        List.of(
            client.par().send().expectStatus(201),
            client.par().withoutAuthentication().send().expectStatus(401),
            client.clientCredentials().send().expectStatus(200),
            client.introspect("x").send().expectStatus(200),
            client.revoke("x").send().expectStatus(200))) {
      assertThat(answer.headers().all("Cache-Control")).containsExactly("no-store");
    }
  }

  @Test
  void echoesAnInteractionId() {
    String id = UUID.randomUUID().toString();

    assertThat(client.par().header(ID, id).send().header(ID)).isEqualTo(id);
    assertThat(client.par().withoutAuthentication().header(ID, id).send().header(ID)).isEqualTo(id);
    assertThat(client.clientCredentials().header(ID, id).send().header(ID)).isEqualTo(id);
    assertThat(client.discover().exchange().header(ID)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "<script>", "00000000-0000-0000-0000-00000000000g", "${jndi:ldap://x}"})
  void doesNotReflectWhatIsNoInteractionId(String sent) {
    List<String> answered = client.par().header(ID, sent).send().headers().all(ID);

    assertThat(answered).hasSize(1).doesNotContain(sent);
    assertThat(UUID.fromString(answered.get(0))).isNotNull();
  }

  @Test
  @Rejects("RFC9126 2.3-1")
  void answersUndecodableFormsAsAClientError() {
    client
        .par()
        .body("application/x-www-form-urlencoded", "client_id=%zz")
        .expectError(400, "invalid_request");
    client.par().body("application/json", "{}").expectError(400, "invalid_request");
  }
}
