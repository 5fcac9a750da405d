package io.github.fapipack.security;

import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.WholeFlow;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole flows in the FAPI 2.0 realm: every combination that the profile allows. */
class FlowIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

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
  @Accepts(
      by = "RequireSenderConstrainedToken",
      value = {"FAPI2-SP 5.3.2.1-4", "FAPI2-SP 5.3.2.1-5"})
  @Accepts(by = "RequireAsymmetricClientAuthentication", value = "FAPI2-SP 5.3.2.1-6")
  @Accepts(by = "RequirePushedAuthorizationRequest", value = "FAPI2-SP 5.3.2.2-2")
  @Accepts(by = "RequireIssuerInAuthorizationResponse", value = "FAPI2-SP 5.3.2.2-7")
  @Accepts(by = "RestrictTokenAlgorithms", value = "FAPI2-SP 5.4.1-1.2")
  void completesAFlow(
      ClientAuth auth, SenderConstraint constraint, String algorithm, String scope) {
    FapiClient client =
        TestClient.in(realm)
            .auth(auth)
            .constraint(constraint)
            .algorithm(algorithm)
            .scope(scope)
            .register();

    WholeFlow.complete(client, realm, scope.contains("openid"));
  }

  @ParameterizedTest
  @EnumSource(ClientOrigin.class)
  @Accepts(by = "RequireSenderConstrainedToken", value = "FAPI2-SP 5.3.2.1-4")
  @Accepts(by = "RejectFullScope", value = "FAPI2-SP 5.3.2.1-14")
  @Accepts(by = "RequireConsent", value = "FAPI2-SP 5.3.2.2-13")
  @Accepts(by = "RequireIssuerInAuthorizationResponse", value = "RFC9207 2-1")
  void completesAFlowWithAClientOfEveryOrigin(ClientOrigin origin) {
    FapiClient client = TestClient.in(realm).made(origin).register();

    WholeFlow.complete(client, realm, true);
  }
}
