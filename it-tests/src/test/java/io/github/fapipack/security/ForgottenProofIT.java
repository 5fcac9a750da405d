package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.Authorized;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.client.Tokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client with a certificate that began with DPoP must continue with DPoP. */
class ForgottenProofIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient client(ClientOrigin origin) {
    return TestClient.in(realm).made(origin).auth(ClientAuth.TLS_CLIENT_AUTH).register();
  }

  private static void expectForgotten(HttpExchange answer) {
    answer.expectError(400, "invalid_request");
    assertThat(answer.errorDescription()).contains("bound to a DPoP key", "send a proof");
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC8705 3-1"})
  void refusesACodeWhoseRequestCameWithAProof(ClientOrigin origin) {
    FapiClient client = client(origin);
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());

    expectForgotten(client.token(authorized).withoutProof().withCertificate().send());
    // That does not use up the code.
    assertThat(client.token(authorized).expect().confirmation("jkt")).isNotNull();
  }

  @Test
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC8705 3-1"})
  void refusesACodeWhoseRequestNamedAKey() {
    FapiClient client = client(ClientOrigin.AFTER_POLICY);
    String key = client.tokens(TestRealm.USERNAME, realm.password()).confirmation("jkt");
    Authorized authorized =
        client
            .visit(client.par().withoutProof().with("dpop_jkt", key).expect())
            .as(TestRealm.USERNAME, realm.password())
            .expectCode();

    expectForgotten(client.token(authorized).withoutProof().withCertificate().send());
    client.token(authorized).expect();
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.1-5", "RFC8705 3-1"})
  void refusesARefreshOfTokensThatWereBoundToAKey(ClientOrigin origin) {
    FapiClient client = client(origin);
    Tokens tokens = client.tokens(TestRealm.USERNAME, realm.password());

    expectForgotten(client.refresh(tokens).withoutProof().withCertificate().send());
    Tokens refreshed = client.but().dpopKey(ClientKeys.es256()).build().refresh(tokens).expect();
    assertThat(refreshed.confirmation("jkt")).isNotNull();
    expectForgotten(client.refresh(refreshed).withoutProof().withCertificate().send());
  }

  @Test
  @Rejects(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC8705 3-1"})
  void refusesItToAClientThatHasChangedToDpop() {
    FapiClient mtls =
        TestClient.in(realm)
            .auth(ClientAuth.TLS_CLIENT_AUTH)
            .constraint(SenderConstraint.MTLS)
            .register();
    Tokens tokens = mtls.tokens(TestRealm.USERNAME, realm.password());
    assertThat(mtls.refresh(tokens).expect().confirmation("x5t#S256")).isNotNull();

    FapiClient dpop = mtls.but().constraint(SenderConstraint.DPOP).build();
    Tokens changed = dpop.refresh(tokens).expect();
    assertThat(changed.confirmation("jkt")).isNotNull();

    expectForgotten(mtls.refresh(changed).send());
  }

  @Test
  @Accepts(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "RFC8705 3-1"})
  void takesANewAuthorizationToChangeToMutualTls() {
    FapiClient dpop = client(ClientOrigin.AFTER_POLICY);
    Tokens before = dpop.tokens(TestRealm.USERNAME, realm.password());
    FapiClient mtls = dpop.but().constraint(SenderConstraint.MTLS).build();

    Tokens tokens = mtls.tokens(TestRealm.USERNAME, realm.password());
    Tokens refreshed = mtls.refresh(tokens).expect();

    assertThat(refreshed.confirmation("x5t#S256")).isNotNull();
    dpop.refresh(before).expect();
  }
}
