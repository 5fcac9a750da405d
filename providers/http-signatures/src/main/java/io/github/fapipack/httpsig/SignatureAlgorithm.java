package io.github.fapipack.httpsig;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Optional;

/** The algorithms of FAPI 2.0 for HTTP message signatures (RFC 9421 3.3). */
public enum SignatureAlgorithm {
  /** RFC 9421 3.3.4, ES256 in JOSE: r and s concatenated. */
  ECDSA_P256_SHA256("ecdsa-p256-sha256", "ES256", "SHA256withECDSAinP1363Format") {
    @Override
    boolean suits(Key key) {
      return key instanceof ECKey ec && isP256(ec.getParams());
    }

    @Override
    boolean isPossibleLength(int length) {
      return length == 64;
    }
  },
  /** RFC 9421 3.3.6, EdDSA in JOSE. */
  ED25519("ed25519", "EdDSA", "Ed25519") {
    @Override
    boolean suits(Key key) {
      return key instanceof EdECKey ed
          && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName());
    }

    @Override
    boolean isPossibleLength(int length) {
      return length == 64;
    }
  },
  /** RFC 9421 3.3.1; not the same as {@link #PS256}. */
  RSA_PSS_SHA512("rsa-pss-sha512", null, "RSASSA-PSS") {
    @Override
    void prepare(Signature signature) throws GeneralSecurityException {
      signature.setParameter(
          new PSSParameterSpec("SHA-512", "MGF1", MGF1ParameterSpec.SHA512, 64, 1));
    }
  },
  /** Defined only in JOSE, so messages must not name it (RFC 9421 3.3.7). */
  PS256(null, "PS256", "RSASSA-PSS") {
    @Override
    void prepare(Signature signature) throws GeneralSecurityException {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
  };

  private static final int SMALLEST_RSA_KEY = 2048;
  private static final int LARGEST_RSA_KEY = 8_192;

  /** Bits; with an exponent as long as the modulus, verification would take as long as signing. */
  private static final int LARGEST_EXPONENT = 64;

  private final String httpName;
  private final String joseName;
  private final String jcaName;

  SignatureAlgorithm(String httpName, String joseName, String jcaName) {
    this.httpName = httpName;
    this.joseName = joseName;
    this.jcaName = jcaName;
  }

  /** The algorithm that a JWK names by {@code alg}. */
  public static Optional<SignatureAlgorithm> ofJose(String alg) {
    String name = alg.equals("Ed25519") ? "EdDSA" : alg;
    return Arrays.stream(values()).filter(algorithm -> name.equals(algorithm.joseName)).findFirst();
  }

  /** The name in the registry of RFC 9421 6.2. */
  public Optional<String> httpName() {
    return Optional.ofNullable(httpName);
  }

  /** Whether the key is of the right kind and strong enough (FAPI2-SP 5.4.1). */
  boolean suits(Key key) {
    return key instanceof RSAKey rsa
        && rsa.getModulus().bitLength() >= SMALLEST_RSA_KEY
        && rsa.getModulus().bitLength() <= LARGEST_RSA_KEY
        && !(key instanceof RSAPublicKey open
            && open.getPublicExponent().bitLength() > LARGEST_EXPONENT);
  }

  /**
   * Whether a signature can have that many bytes; other lengths are refused before the provider is
   * called.
   */
  boolean isPossibleLength(int length) {
    return length >= SMALLEST_RSA_KEY / Byte.SIZE && length <= LARGEST_RSA_KEY / Byte.SIZE;
  }

  void prepare(Signature signature) throws GeneralSecurityException {
    // Nothing to set.
  }

  Signature newSignature() throws GeneralSecurityException {
    Signature signature = Signature.getInstance(jcaName);
    prepare(signature);
    return signature;
  }

  private static boolean isP256(ECParameterSpec parameters) {
    return parameters != null
        && parameters.getCurve().equals(P256.CURVE.getCurve())
        && parameters.getGenerator().equals(P256.CURVE.getGenerator());
  }

  /** Created on first use, because a provider may lack the curve. */
  private static final class P256 {
    static final ECParameterSpec CURVE = curve();

    private static ECParameterSpec curve() {
      try {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
      } catch (GeneralSecurityException missing) {
        throw new IllegalStateException("the Java platform has no curve P-256", missing);
      }
    }
  }
}
