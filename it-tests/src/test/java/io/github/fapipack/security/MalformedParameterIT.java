package io.github.fapipack.security;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.RequestObject;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.ServerLogOnFailure;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters of the wrong type or value are refused when they are pushed, in every realm. */
@ExtendWith(ServerLogOnFailure.class)
class MalformedParameterIT {
  private static final String FOREIGN = "https://other.example";

  private static TestRealm plain;
  private static FapiClient client;
  private static List<TestRealm> realms;
  private static Map<String, FapiClient> signing;

  @BeforeAll
  static void importRealms() {
    plain = TestRealm.create("fapi2-security-profile");
    client = TestClient.in(plain).made(ClientOrigin.BEFORE_POLICY).register();
    TestRealm signed = TestRealm.create("fapi2-message-signing");
    TestRealm older = TestRealm.create("fapi1-advanced");
    realms = List.of(plain, signed, older);
    signing =
        Map.of(
            "security profile", client,
            "message signing", TestClient.in(signed).signing().register(),
            "FAPI 1", TestClient.in(older).constraint(SenderConstraint.MTLS).signing().register());
  }

  @AfterAll
  static void deleteRealms() {
    realms.forEach(TestRealm::close);
  }

  static Stream<Named<Consumer<RequestObject>>> malformed() {
    return Stream.of(
        wrong("state", 42),
        wrong("state", true),
        wrong("nonce", Map.of("a", 1)),
        wrong("nonce", List.of("n")),
        wrong("redirect_uri", List.of("https://client.example/cb")),
        wrong("scope", List.of("openid")),
        wrong("acr_values", List.of("1")),
        wrong("ui_locales", 1),
        wrong("resource", 1),
        wrong("prompt", "none login"),
        wrong("prompt", "everything"),
        wrong("prompt", List.of("login")),
        wrong("max_age", -1),
        wrong("max_age", "-1"),
        wrong("max_age", 1.5),
        wrong("max_age", Long.MAX_VALUE),
        wrong("max_age", "soon"),
        wrong("max_age", List.of(1)),
        wrong("claims", "nonsense"),
        wrong("claims", List.of()),
        wrong("claims", Map.of("id_token", List.of("acr"))),
        wrong("claims", Map.of("userinfo", Map.of("email", Map.of("essential", "yes")))));
  }

  private static Named<Consumer<RequestObject>> wrong(String name, Object value) {
    return Named.of(name + " " + value, object -> object.claim(name, value));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  @Rejects(
      by = "RequireSignedRequestObject",
      value = {"RFC9101 4-1", "FAPI2-MS 5.3.1-1"})
  void isRefusedInARequestObject(Consumer<RequestObject> edit) {
    signing
        .values()
        .forEach(any -> any.par().requestObject(edit).expectError(400, "invalid_request_object"));
  }

  @Test
  @Accepts(by = "RequireSignedRequestObject", value = "RFC9101 4-1")
  void isTakenWhereItIsWellFormed() {
    for (FapiClient any : signing.values()) {
      any.par()
          .requestObject(
              object ->
                  object
                      .claim("prompt", "login consent")
                      .claim("max_age", 0)
                      .claim(
                          "claims", Map.of("id_token", Map.of("acr", Map.of("essential", true)))))
          .expect();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "max_age,-1",
    "max_age,1.5",
    "max_age,2147483648",
    "max_age,soon",
    "prompt,none consent",
    "prompt,unheard_of",
    "claims,nonsense",
    "claims,[]",
    "claims,'{\"userinfo\":[]}'"
  })
  @Rejects(by = "RequireCodeResponseType", value = "FAPI2-SP 5.3.2.2-1")
  void isRefusedAsAPlainParameter(String name, String value) {
    client.par().with(name, value).expectError(400, "invalid_request");
  }

  @Test
  @Accepts(by = "RequireCodeResponseType", value = "FAPI2-SP 5.3.2.2-1")
  void isTakenAsAPlainParameterWhereItIsWellFormed() {
    client
        .par()
        .with("max_age", "0")
        .with("prompt", "login consent")
        .with("claims", "{\"userinfo\":{\"email\":null},\"id_token\":{}}")
        .expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"security profile", "strict"})
  @Rejects(by = "RequireRequestObjectAudience", value = "FAPI2-MS 5.3.1-2")
  void aSecondAudienceIsRefused(String realm) {
    if (realm.equals("strict")) {
      // As in realms that were imported before the setting existed.
      realms
          .get(1)
          .configure("fapi2-require-request-object-audience", Map.of("othersAllowed", "false"));
    }
    FapiClient any = realm.equals("strict") ? signing.get("message signing") : client;
    any.par()
        .requestObject(object -> object.audiences(any.issuer(), FOREIGN))
        .expectError(400, "invalid_request_object");
    any.par()
        .requestObject(object -> object.claim("aud", FOREIGN))
        .expectError(400, "invalid_request_object");
    any.par().requestObject(object -> object.audiences(any.issuer(), any.issuer() + "/x")).expect();
    any.par().requestObject(object -> object.audiences(any.issuer())).expect();
  }
}
