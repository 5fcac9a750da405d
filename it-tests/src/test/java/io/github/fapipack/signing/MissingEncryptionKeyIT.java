package io.github.fapipack.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registered encryptions that the rules did not see, without a fitting key. */
class MissingEncryptionKeyIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin, String kind, String algorithm) {
    return TestClient.in(realm)
        .made(origin)
        .attribute(kind + ".encrypted.response.alg", algorithm)
        .attribute(kind + ".encrypted.response.enc", "A256GCM")
        .register();
  }

  private static void refused(HttpExchange answer, String... words) {
    answer.expectError(400, "invalid_request");
    assertThat(answer.errorDescription()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({"BEFORE_POLICY, RSA-OAEP", "IMPORTED, RSA-OAEP", "IMPORTED, RSA-OAEP-999"})
  @Rejects(
      by = "RequireFittingKeys",
      value = {"RFC7591 3.2.2-1", "JARM 3-3.6"})
  void refusesWhatCannotBeEncrypted(ClientOrigin origin, String algorithm) {
    FapiClient identity = client(origin, "id.token", algorithm);
    Authorized authorized = identity.authorize(TestRealm.USERNAME, realm.password());
    refused(identity.token(authorized).send(), "id.token.encrypted.response.alg", "register");

    FapiClient responses = client(origin, "authorization", algorithm);
    refused(
        responses.par().with("response_mode", "jwt").send(),
        "authorization.encrypted.response.alg");
    responses.par().expect();

    FapiClient userinfo = client(origin, "user.info", algorithm);
    Tokens tokens = userinfo.tokens(TestRealm.USERNAME, realm.password());
    refused(userinfo.userinfo(tokens).send(), "user.info.encrypted.response.alg");
  }

  @ParameterizedTest
  @CsvSource({"BEFORE_POLICY", "IMPORTED"})
  @Accepts(
      by = "RequireFittingKeys",
      value = {"RFC7591 3.2.2-1", "JARM 3-3.6"})
  void takesNoNoticeWhereNothingIsEncrypted(ClientOrigin origin) {
    FapiClient plain =
        TestClient.in(realm)
            .made(origin)
            .attribute("id.token.encrypted.response.alg", "RSA-OAEP")
            .attribute("authorization.encrypted.response.alg", "RSA-OAEP")
            .register()
            .but()
            .scope("profile")
            .build();

    Tokens tokens = plain.tokens(TestRealm.USERNAME, realm.password());
    plain.refresh(tokens).expect();
  }
}
