package io.github.fapipack.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.grantmanagement.PostgresServer;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import io.github.fapipack.it.testing.WholeFlow;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With native crypto the same signatures are valid and invalid. */
class NativeCryptoIT {
  private static TestRealm realm;

  @BeforeAll
  static void importRealm() {
    realm = PostgresServer.get().realm("fapi2-security-profile");
  }

  @AfterAll
  static void deleteRealm() {
    realm.close();
  }

  @Test
  void theServerUsesIt() {
    assertThat(PostgresServer.get().log()).contains("Native crypto: AmazonCorrettoCryptoProvider");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ES256", "PS256", "EdDSA"})
  void completesAFlow(String algorithm) {
    WholeFlow.complete(TestClient.in(realm).algorithm(algorithm).register(), realm, true);
  }

  static Stream<Arguments> badSignatures() {
    return Stream.of("ES256", "PS256", "EdDSA")
        .flatMap(
            algorithm ->
                Stream.of(
                    bad(algorithm, "one bit wrong", NativeCryptoIT::flipped),
                    bad(algorithm, "zeros", signature -> new byte[signature.length]),
                    bad(algorithm, "ones", NativeCryptoIT::ones),
                    bad(algorithm, "the first half", NativeCryptoIT::firstHalf),
                    bad(algorithm, "one byte more", NativeCryptoIT::longer),
                    bad(algorithm, "nothing", signature -> new byte[0])));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("badSignatures")
  void refusesABadSignature(String algorithm, String what, UnaryOperator<byte[]> spoil) {
    FapiClient client = TestClient.in(realm).algorithm(algorithm).register();

    client
        .par()
        .with("client_assertion", spoilt(client.newAssertion().sign(), spoil))
        .expectError(401, "invalid_client");
    client
        .clientCredentials()
        .tamper("DPoP", spoilt(proof(client), spoil))
        .expectError(400, "invalid_dpop_proof");
  }

  private static String proof(FapiClient client) {
    return client.newProof("POST", client.discovery().endpoint("token_endpoint", false)).sign();
  }

  private static String spoilt(String jwt, UnaryOperator<byte[]> spoil) {
    int end = jwt.lastIndexOf('.') + 1;
    byte[] signature = Base64.getUrlDecoder().decode(jwt.substring(end));
    return jwt.substring(0, end)
        + Base64.getUrlEncoder().withoutPadding().encodeToString(spoil.apply(signature));
  }

  private static Arguments bad(String algorithm, String what, UnaryOperator<byte[]> spoil) {
    return Arguments.of(algorithm, what, spoil);
  }

  private static byte[] flipped(byte[] signature) {
    byte[] flipped = signature.clone();
    flipped[flipped.length / 2] ^= 1;
    return flipped;
  }

  private static byte[] ones(byte[] signature) {
    byte[] ones = signature.clone();
    Arrays.fill(ones, (byte) 0xff);
    return ones;
  }

  private static byte[] firstHalf(byte[] signature) {
    return Arrays.copyOf(signature, signature.length / 2);
  }

  private static byte[] longer(byte[] signature) {
    return Arrays.copyOf(signature, signature.length + 1);
  }
}
