package io.github.fapipack.security;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Authorized;
import io.github.fapipack.it.ClientAssertion;
import io.github.fapipack.it.ClientKeys;
import io.github.fapipack.it.ClientOrigin;
import io.github.fapipack.it.FapiClient;
import io.github.fapipack.it.FapiRequest;
import io.github.fapipack.it.Pushed;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.ServerLogOnFailure;
import io.github.fapipack.it.TestClient;
import io.github.fapipack.it.TestRealm;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Request objects, which a client may send: signed as FAPI allows, or not at all. */
@ExtendWith(ServerLogOnFailure.class)
class RequestObjectIT {
  private static final List<String> PARAMETERS =
      List.of(
          "response_type",
          "redirect_uri",
          "scope",
          "state",
          "nonce",
          "code_challenge",
          "code_challenge_method");

  private static TestRealm realm;

  @BeforeAll
  static void importRealm() {
    realm = TestRealm.create("fapi2-security-profile");
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  /** A pushed request whose parameters are inside a request object. */
  private static FapiRequest<Pushed> push(FapiClient client, Consumer<ClientAssertion> edit) {
    FapiRequest<Pushed> request = client.par();
    return request.editing(
        form -> {
          // A client assertion is close enough to a request object to start from.
          ClientAssertion object = client.newAssertion();
          object.typ("oauth-authz-req+jwt").claim("client_id", client.clientId()).without("sub");
          PARAMETERS.forEach(name -> form.get(name).ifPresent(value -> object.claim(name, value)));
          PARAMETERS.forEach(name -> form.set(name, null));
          edit.accept(object);
          form.set("request", object.sign());
        });
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts({"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void acceptsASignedRequestObject(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    Pushed pushed = push(client, object -> {}).expect();
    Authorized authorized =
        client.visit(pushed).as(TestRealm.USERNAME, realm.password()).expectCode();

    client.token(authorized).expect();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "RS256", "PS384", "HS256"})
  @Rejects({"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3"})
  void rejectsOtherAlgorithms(String algorithm) {
    FapiClient client =
        TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).algorithm("PS256").register();

    push(client, object -> object.alg(algorithm)).expectError(400, "invalid_request_object");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects("FAPI2-SP 5.4.1-1.3")
  void rejectsAnUnsignedRequestObjectOfAnyClient(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    push(client, object -> object.alg("none")).expectError(400, "invalid_request_object");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects("FAPI2-SP 5.4.1-1.2")
  void rejectsARequestObjectOfAnotherKey(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    push(client, object -> object.key(ClientKeys.es256()))
        .expectError(400, "invalid_request_object");
  }
}
