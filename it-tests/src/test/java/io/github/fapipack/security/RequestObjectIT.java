package io.github.fapipack.security;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Pushed;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request objects, which are optional here, must be signed as FAPI allows. */
class RequestObjectIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(
      by = "RestrictRequestObjectAlgorithm",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void acceptsASignedRequestObject(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    Pushed pushed = client.par().requestObject(object -> {}).expect();
    Authorized authorized =
        client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();

    client.token(authorized).expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS256", "PS384", "HS256"})
  @Rejects(
      by = "RestrictRequestObjectAlgorithm",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void rejectsOtherAlgorithms(String algorithm) {
    FapiClient client =
        TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).algorithm("PS256").register();

    client
        .par()
        .requestObject(object -> object.alg(algorithm))
        .expectError(400, "invalid_request_object");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.3")
  void rejectsAnUnsignedRequestObjectOfAnyClient(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    client
        .par()
        .requestObject(object -> object.alg("none"))
        .expectError(400, "invalid_request_object");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(by = "RestrictRequestObjectAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  void rejectsARequestObjectOfAnotherKey(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    client
        .par()
        .requestObject(object -> object.key(ClientKeys.es256()))
        .expectError(400, "invalid_request_object");
  }
}
