package io.github.fapipack.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.keycloak.ServerState;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.common.crypto.CryptoProvider;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureException;
import org.keycloak.crypto.SignatureSignerContext;

class EcdsaSignaturesTest {

  private static final byte[] DATA = "header.payload".getBytes(StandardCharsets.US_ASCII);
  private static final EcdsaSignatures SIGNATURES = new EcdsaSignatures(null, Algorithm.ES256);

  /** How often Bouncy Castle was asked for. */
  private static int bouncyCastle;

  @BeforeAll
  static void useBouncyCastle() {
    BouncyCastleProvider provider = new BouncyCastleProvider();
    CryptoIntegration.setProvider(
        (CryptoProvider)
            Proxy.newProxyInstance(
                EcdsaSignaturesTest.class.getClassLoader(),
                new Class<?>[] {CryptoProvider.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("getBouncyCastleProvider");
                  bouncyCastle++;
                  return provider;
                }));
  }

  @AfterAll
  static void forgetIt() {
    CryptoIntegration.setProvider(null);
    ServerState.end();
  }

  @Test
  void aSignatureOfAKeyOfTheJdkIsMadeByBouncyCastleAndValid() throws GeneralSecurityException {
    KeyPair pair = pair();
    int before = bouncyCastle;

    byte[] signature = SIGNATURES.signer(key(pair.getPrivate())).sign(DATA);

    assertThat(bouncyCastle).isGreaterThan(before);
    assertThat(signature).hasSize(64);
    assertThat(isValid(pair, DATA, signature)).isTrue();
    assertThat(isValid(pair, "header.other".getBytes(StandardCharsets.US_ASCII), signature))
        .isFalse();
  }

  @Test
  void twoSignaturesOfTheSameDiffer() throws GeneralSecurityException {
    SignatureSignerContext signer = SIGNATURES.signer(key(pair().getPrivate()));

    assertThat(signer.sign(DATA)).isNotEqualTo(signer.sign(DATA));
  }

  @Test
  void aKeyThatStaysInItsDeviceIsLeftToItsProvider() throws GeneralSecurityException {
    PrivateKey inDevice =
        (PrivateKey)
            Proxy.newProxyInstance(
                EcdsaSignaturesTest.class.getClassLoader(),
                new Class<?>[] {ECPrivateKey.class},
                (proxy, method, arguments) -> method.getReturnType() == String.class ? "EC" : null);
    int before = bouncyCastle;

    assertThatThrownBy(() -> SIGNATURES.signer(key(inDevice)).sign(DATA))
        .isInstanceOf(SignatureException.class);
    assertThat(bouncyCastle).isEqualTo(before);
  }

  @Test
  void aKeyForAnotherAlgorithmSignsNothing() throws GeneralSecurityException {
    KeyWrapper key = key(pair().getPrivate());
    key.setAlgorithm(Algorithm.ES384);

    assertThatThrownBy(() -> SIGNATURES.signer(key)).isInstanceOf(SignatureException.class);
  }

  private static KeyPair pair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", "SunEC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static KeyWrapper key(PrivateKey key) {
    KeyWrapper wrapper = new KeyWrapper();
    wrapper.setAlgorithm(Algorithm.ES256);
    wrapper.setType(KeyType.EC);
    wrapper.setCurve("P-256");
    wrapper.setPrivateKey(key);
    return wrapper;
  }

  private static boolean isValid(KeyPair pair, byte[] data, byte[] signature)
      throws GeneralSecurityException {
    Signature verification = Signature.getInstance("SHA256withECDSAinP1363Format", "SunEC");
    verification.initVerify(pair.getPublic());
    verification.update(data);
    return verification.verify(signature);
  }
}
