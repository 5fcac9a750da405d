package io.github.fapipack.bench;

import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.it.pki.Keys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/** FAPI 2.0's three algorithms, implemented with only the Java platform. */
public enum PlainSignature {
  ES256(SignatureAlgorithm.ECDSA_P256_SHA256, "SHA256withECDSAinP1363Format") {
    @Override
    KeyPair newKeys() {
      return Keys.ec();
    }
  },
  PS256(SignatureAlgorithm.PS256, "RSASSA-PSS") {
    @Override
    KeyPair newKeys() {
      return Keys.rsa(2048);
    }

    @Override
    void prepare(Signature signature) throws GeneralSecurityException {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
  },
  ED25519(SignatureAlgorithm.ED25519, "Ed25519") {
    @Override
    KeyPair newKeys() throws GeneralSecurityException {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }
  };

  private final SignatureAlgorithm algorithm;
  private final String jcaName;

  PlainSignature(SignatureAlgorithm algorithm, String jcaName) {
    this.algorithm = algorithm;
    this.jcaName = jcaName;
  }

  abstract KeyPair newKeys() throws GeneralSecurityException;

  void prepare(Signature signature) throws GeneralSecurityException {
    // Only PSS has parameters.
  }

  /** What the library calls it. */
  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  byte[] sign(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(jcaName);
    prepare(signature);
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  boolean verify(PublicKey key, byte[] bytes, byte[] value) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(jcaName);
    prepare(signature);
    signature.initVerify(key);
    signature.update(bytes);
    return signature.verify(value);
  }
}
