package io.github.fapipack.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import io.github.fapipack.it.Accepts;
import io.github.fapipack.it.Rejects;
import io.github.fapipack.it.client.ClientAssertion;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.peer.JwksServer;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.FapiRealm;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.math.BigInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With which keys and algorithms a client may sign. */
class ClientKeysIT {
  @FapiRealm("fapi2-security-profile")
  private static TestRealm realm;

  private static FapiClient old;

  @BeforeAll
  static void registerClient() {
    old = TestClient.in(realm).made(ClientOrigin.BEFORE_POLICY).register();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PS256", "ES256", "EdDSA"})
  @Accepts(
      by = "RestrictClientAssertionAlgorithm",
      value = {"FAPI2-SP 5.4.1-1.2", "FAPI2-SP 5.4.1-1.3", "FAPI2-SP 5.4.2-2", "RFC7523 3-9"})
  @Accepts(
      by = "RejectWeakKeys",
      value = {"FAPI2-SP 5.4.1-2", "FAPI2-SP 5.4.1-3"})
  void acceptsEveryAllowedAlgorithm(String algorithm) {
    for (ClientOrigin origin : ClientOrigin.values()) {
      TestClient.in(realm).made(origin).algorithm(algorithm).register().par().expect();
    }
  }

  static Stream<Named<Consumer<ClientAssertion>>> unacceptableHeaders() {
    JWK rsa = ClientKeys.ps256();
    return Stream.of(
        Named.of("RS256", a -> a.key(rsa).alg("RS256")),
        Named.of("PS384", a -> a.key(rsa).alg("PS384")),
        Named.of("ES384", a -> a.alg("ES384")),
        Named.of("none", a -> a.alg("none")),
        Named.of("HS256", a -> a.alg("HS256")),
        Named.of("unknown", a -> a.alg("XX256")),
        Named.of("a DPoP proof", a -> a.typ("dpop+jwt")),
        Named.of("an access token", a -> a.typ("at+jwt")),
        Named.of("typ a number", a -> a.header("typ", 1)),
        Named.of("jku", a -> a.header("jku", "https://keys.example/jwks")),
        Named.of("x5u", a -> a.header("x5u", "https://keys.example/chain")),
        Named.of("crit", a -> a.header("crit", new String[] {"b64"})),
        Named.of("another kid", a -> a.header("kid", "unknown")),
        Named.of("another key", a -> a.key(ClientKeys.es256()).header("kid", null)));
  }

  @ParameterizedTest
  @MethodSource("unacceptableHeaders")
  @Rejects(
      by = "RestrictClientAssertionAlgorithm",
      value = {
        "FAPI2-SP 5.4.1-1.1",
        "FAPI2-SP 5.4.1-1.2",
        "FAPI2-SP 5.4.1-1.3",
        "FAPI2-SP 5.4.2-2",
        "RFC7523 3-9"
      })
  void rejectsUnacceptableHeaders(Consumer<ClientAssertion> edit) {
    old.par().assertion(edit).expectError(401, "invalid_client");
    old.clientCredentials().assertion(edit).expectError(401, "invalid_client");
    old.introspect("token").assertion(edit).expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "jwt", "application/jwt", "client-authentication+jwt"})
  @Accepts(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.1")
  void acceptsTheTypesOfAClientAssertion(String type) {
    old.par().assertion(assertion -> assertion.typ(type)).expect();
  }

  @Test
  @Rejects(by = "RestrictClientAssertionAlgorithm", value = "FAPI2-SP 5.4.1-1.2")
  void rejectsAnotherAlgorithmAtRegistration() {
    assertThatThrownBy(
            () ->
                TestClient.in(realm)
                    .attribute("token.endpoint.auth.signing.alg", "RS256")
                    .register())
        .hasMessageContaining("token_endpoint_auth_signing_alg");
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(by = "RejectWeakKeys", value = "FAPI2-SP 5.4.1-2")
  void rejectsAWeakKeyThatIsRegisteredAlready(ClientOrigin origin) {
    ClientKeys weak = ClientKeys.of(ClientKeys.rsa(1024));
    FapiClient client = withKeys(origin, weak).but().algorithm("PS256").build();

    client.par().expectError(401, "invalid_client");
    client.clientCredentials().expectError(401, "invalid_client");
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  void checksNoSignatureOfAKeyThatMakesItSlow(ClientOrigin origin) {
    ClientKeys slow =
        ClientKeys.of(ClientKeys.rsa(BigInteger.ONE.shiftLeft(100).add(BigInteger.ONE)));
    FapiClient client = withKeys(origin, slow).but().algorithm("PS256").build();

    client.par().expectError(401, "invalid_client");
    assertThatThrownBy(() -> register(slow.publicJwks()))
        .hasMessageContaining("400")
        .hasMessageContaining("jwks");
  }

  @Test
  @Rejects(
      by = "RejectWeakKeys",
      value = {"FAPI2-SP 5.4.1-2", "FAPI2-SP 5.4.1-3"})
  void rejectsWeakKeysAtRegistration() {
    assertThatThrownBy(() -> register(ClientKeys.of(ClientKeys.rsa(1024)).publicJwks()))
        .hasMessageContaining("400")
        .hasMessageContaining("jwks");
    assertThatThrownBy(
            () ->
                register(
                    "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-192\",\"x\":\"AA\",\"y\":\"AA\"}]}"))
        .hasMessageContaining("400")
        .hasMessageContaining("jwks");
    assertThatThrownBy(() -> register("[]")).hasMessageContaining("400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PS256", "ES256", "EdDSA"})
  @Accepts("FAPI2-SP 5.4.3-p1")
  void tellsKeysOfOneNameApart(String algorithm) {
    ClientKeys keys =
        ClientKeys.of(
            named(ClientKeys.ed25519()),
            named(ClientKeys.ps256()),
            named(ClientKeys.es256()),
            named(ClientKeys.rsa(3072)),
            named(ClientKeys.ec(Curve.P_384)));
    FapiClient client = withKeys(ClientOrigin.AFTER_POLICY, keys);

    client.but().algorithm(algorithm).build().par().expect();
    // The second key of a kind works as well: the header does not distinguish them.
    client.par().assertion(assertion -> assertion.key(keys.set().getKeys().get(3))).expect();
  }

  @Test
  @Accepts("FAPI2-SP 5.4.3-p1")
  void acceptsAssertionsWithoutKid() {
    old.par().assertion(assertion -> assertion.header("kid", null)).expect();
  }

  @Test
  @Accepts(
      by = "RequireSecureJwksUri",
      value = {"FAPI2-SP 5.4.2-1", "FAPI2-SP 5.2.1-1"})
  void fetchesKeysOverTlsAndPicksUpNewOnesWithoutBeingHammered() {
    try (JwksServer jwks = JwksServer.https(realm.server().pki())) {
      ClientKeys keys = ClientKeys.create();
      jwks.serving(keys);
      FapiClient client = withJwksUri(ClientOrigin.AFTER_POLICY, jwks, keys);

      client.par().expect();
      int asked = jwks.requests();
      for (int i = 0; i < 5; i++) {
        client.par().assertion(a -> a.header("kid", "unknown")).expectError(401, "invalid_client");
      }

      assertThat(jwks.requests()).isLessThanOrEqualTo(asked + 1);
      client.par().expect();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_POLICY", "IMPORTED"})
  @Rejects(
      by = "RequireSecureJwksUri",
      value = {"FAPI2-SP 5.4.2-1", "FAPI2-SP 5.2.1-1"})
  void rejectsAKeySetWithoutTlsThatIsRegisteredAlready(ClientOrigin origin) {
    try (JwksServer jwks = JwksServer.http()) {
      ClientKeys keys = ClientKeys.create();
      FapiClient client = withJwksUri(origin, jwks.serving(keys), keys);

      client.par().expectError(401, "invalid_client");
    }
  }

  @Test
  @Rejects(
      by = "RequireSecureJwksUri",
      value = {"FAPI2-SP 5.4.2-1", "FAPI2-SP 5.2.1-1"})
  void rejectsAKeySetWithoutTlsAtRegistration() {
    try (JwksServer jwks = JwksServer.http()) {
      assertThatThrownBy(() -> withJwksUri(ClientOrigin.AFTER_POLICY, jwks, ClientKeys.create()))
          .hasMessageContaining("jwks_uri");
    }
  }

  private static JWK named(JWK key) {
    if (key instanceof RSAKey rsa) {
      return new RSAKey.Builder(rsa).keyID("one").build();
    }
    return key instanceof ECKey ec
        ? new ECKey.Builder(ec).keyID("one").build()
        : new OctetKeyPair.Builder((OctetKeyPair) key).keyID("one").build();
  }

  private static void register(String jwks) {
    TestClient.in(realm).attribute("jwks.string", jwks).register();
  }

  private static FapiClient withKeys(ClientOrigin origin, ClientKeys keys) {
    return TestClient.in(realm)
        .made(origin)
        .attribute("jwks.string", keys.publicJwks())
        .register()
        .but()
        .privateKeyJwt(keys)
        .build();
  }

  private static FapiClient withJwksUri(ClientOrigin origin, JwksServer jwks, ClientKeys keys) {
    return TestClient.in(realm)
        .made(origin)
        .attribute("use.jwks.string", "false")
        .attribute("use.jwks.url", "true")
        .attribute("jwks.url", jwks.uri().toString())
        .register()
        .but()
        .privateKeyJwt(keys)
        .build();
  }
}
