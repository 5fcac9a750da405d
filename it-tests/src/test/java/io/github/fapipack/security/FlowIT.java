package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Authorized;
import io.github.fapipack.it.ClientAuth;
import io.github.fapipack.it.ClientOrigin;
import io.github.fapipack.it.FapiClient;
import io.github.fapipack.it.SenderConstraint;
import io.github.fapipack.it.ServerLogOnFailure;
import io.github.fapipack.it.TestClient;
import io.github.fapipack.it.TestRealm;
import io.github.fapipack.it.Tokens;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole flows of the FAPI 2.0 realm: every combination that the profile knows. */
@ExtendWith(ServerLogOnFailure.class)
class FlowIT {
  private static TestRealm realm;

  @BeforeAll
  static void importRealm() {
    realm = TestRealm.create("fapi2-security-profile");
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  static Stream<Arguments> combinations() {
    return Stream.of(ClientAuth.PRIVATE_KEY_JWT, ClientAuth.TLS_CLIENT_AUTH)
        .flatMap(
            auth ->
                Stream.of(SenderConstraint.DPOP, SenderConstraint.MTLS)
                    .flatMap(
                        constraint ->
                            Stream.of("PS256", "ES256", "EdDSA")
                                .flatMap(
                                    algorithm ->
                                        Stream.of("openid", "profile")
                                            .map(
                                                scope ->
                                                    Arguments.of(
                                                        auth, constraint, algorithm, scope)))));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, scope {3}")
  @MethodSource("combinations")
  @Accepts({
    "FAPI2-SP 5.3.2.1-4",
    "FAPI2-SP 5.3.2.1-5",
    "FAPI2-SP 5.3.2.1-6",
    "FAPI2-SP 5.3.2.2-2",
    "FAPI2-SP 5.3.2.2-7",
    "FAPI2-SP 5.4.1-1.2"
  })
  void completesAFlow(
      ClientAuth auth, SenderConstraint constraint, String algorithm, String scope) {
    FapiClient client =
        TestClient.in(realm)
            .auth(auth)
            .constraint(constraint)
            .algorithm(algorithm)
            .scope(scope)
            .register();

    completeFlow(client, scope.contains("openid"));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts({"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.1-14", "FAPI2-SP 5.3.2.2-13", "RFC9207 2-1"})
  void completesAFlowWithAClientOfEveryOrigin(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    completeFlow(client, true);
  }

  private static void completeFlow(FapiClient client, boolean openid) {
    Authorized authorized = client.authorize(TestRealm.USERNAME, realm.password());
    Tokens tokens = client.token(authorized).expect();

    String member = client.constraint() == SenderConstraint.DPOP ? "jkt" : "x5t#S256";
    assertThat(tokens.confirmation(member)).isNotBlank();
    assertThat(tokens.accessHeader()).containsEntry("alg", "ES256");
    if (openid) {
      IDTokenClaimsSet idToken = client.verifiedIdToken(tokens, authorized.nonce());
      assertThat(tokens.idHeader()).containsEntry("alg", "ES256");
      assertThat(client.userinfo(tokens).expect().path("sub").asText())
          .isEqualTo(idToken.getSubject().getValue());
    }
    Tokens refreshed = client.refresh(tokens).expect();
    assertThat(refreshed.confirmation(member)).isEqualTo(tokens.confirmation(member));
    assertThat(
            client.introspect(refreshed.accessToken()).expect().path("cnf").path(member).asText())
        .isEqualTo(tokens.confirmation(member));
    client.revoke(refreshed.refreshToken()).expect();
    assertThat(client.introspect(refreshed.accessToken()).expect().path("active").asBoolean())
        .isFalse();
  }
}
