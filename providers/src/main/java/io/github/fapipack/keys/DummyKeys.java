package io.github.fapipack.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;

/**
 * One public key for each algorithm of FAPI without a known private key: signatures for unknown
 * clients are verified with them, so that a refusal takes as long as for a registered client.
 */
final class DummyKeys {

  static final List<KeyWrapper> ALL =
      List.of(
          key(KeyType.RSA, "RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
          key(KeyType.EC, "EC", new ECGenParameterSpec("secp256r1")),
          key(KeyType.OKP, Algorithm.Ed25519, null));

  private DummyKeys() {}

  private static KeyWrapper key(String type, String generator, AlgorithmParameterSpec parameters) {
    KeyWrapper key = new KeyWrapper();
    key.setUse(KeyUse.SIG);
    key.setType(type);
    key.setPublicKey(generated(generator, parameters));
    if (KeyType.OKP.equals(type)) {
      key.setCurve(Algorithm.Ed25519);
    }
    return key;
  }

  private static PublicKey generated(String algorithm, AlgorithmParameterSpec parameters) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (parameters != null) {
        generator.initialize(parameters);
      }
      return generator.generateKeyPair().getPublic();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
