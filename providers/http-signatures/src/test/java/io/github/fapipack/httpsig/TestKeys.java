package io.github.fapipack.httpsig;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keys of RFC 9421 Appendix B.1, which everybody knows. */
final class TestKeys {
  private static final String PSS_N =
      "r4tmm3r20Wd_PbqvP1s2-QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct-Lh1GH45x28Rw3Ry53mm-oAXjyQ86"
          + "OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHqgDsznjPFmTOtCEcN2Z1FpWgchwuYLPL-"
          + "Wokqltd11nqqzi-bJ9cvSKADYdUAAN5WUtzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GV"
          + "AdVw9lq4aOT9v6d-nb4bnNkQVklLQ3fVAvJm-xdDOp9LCNCN48V2pnDOkFV6-U9nV5oyc6XI2w";
  private static final String PSS_D =
      "lAfIqfpCYomVShfAKnwf2lD9I0wKjkHsCtZCif4kAlwQqqW6N-tIL3bdOR-VWf0Q1ZBIDtpO91UrG7pansyrPERbNrRJ"
          + "lPiYEyPTHkCT1nD-l2isuiyGLNBNnFoKfBgA4KAbPJZQatFIV9Cn34JSHnpN5-2ehreGBYHtkwHFtlmzeF3yu5bq"
          + "RcqOhx8lkYmBzDAEUFyyXjknU5-WjAT9DzuG0MpOTkcU1EnjnIjyVBZLUB5Lxm8puyq8hH8B_E5LNC-1oc8j-tDy"
          + "98UvRTTiYvZvs87cGCFxg0LijNhg7CE3g9piNqB6DzMgA9MHSOwcElVtfKdYfo4H3OHZXsSmEQ";
  private static final String RSA_PKCS1 =
      "MIIBCgKCAQEAhAKYdtoeoy8zcAcR874L8cnZxKzAGwd7v36APp7Pv6Q2jdsPBRrwWEBnez6d0UDKDwGbc6nxfEXAy5mb"
          + "hgajzrw3MOEt8uA5txSKobBpKDeBLOsdJKFqMGmXCQvEG7YemcxDTRPxAleIAgYYRjTSd/QBwVW9OwNFhekro3Rt"
          + "linV0a75jfZgkne/YiktSvLG34lw2zqXBDTC5NHROUqGTlML4PlNZS5Ri2U4aCNx2rUPRcKIlE0PuKxI4T+HIaFp"
          + "v8+rdV6eUgOrB2xeI1dSFFn/nnv5OoZJEIB+VmuKn3DCUcCZSFlQPSXSfBDiUGhwOw76WuSSsf1D4b/vLoJ10wID"
          + "AQAB";
  private static final String ECC_PUBLIC =
      "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lfw0EkjqF7xB4FivAxzic30tMM4GF+"
          + "hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==";
  private static final String ECC_D = "UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs";
  private static final String ED_PUBLIC =
      "MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=";
  private static final String ED_PRIVATE =
      "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF";
  private static final String SECRET =
      "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==";

  private static final BigInteger E = BigInteger.valueOf(65537);

  private TestKeys() {}

  static PublicKey pssPublic() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(PSS_N), E));
  }

  static PrivateKey pssPrivate() throws GeneralSecurityException {
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new RSAPrivateKeySpec(number(PSS_N), number(PSS_D)));
  }

  static PublicKey eccPublic() throws GeneralSecurityException {
    return decode("EC", ECC_PUBLIC);
  }

  static PrivateKey eccPrivate() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(
                number(ECC_D), parameters.getParameterSpec(ECParameterSpec.class)));
  }

  static PublicKey edPublic() throws GeneralSecurityException {
    return decode("Ed25519", ED_PUBLIC);
  }

  static PrivateKey edPrivate() throws GeneralSecurityException {
    byte[] encoded = Base64.getDecoder().decode(ED_PRIVATE);
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  /** test-key-rsa with rsa-v1_5-sha256, which only section 4.3 needs. */
  static VerifyingKey rsaV15() {
    return new VerifyingKey() {
      @Override
      public boolean isFor(String algorithm) {
        return algorithm.equals("rsa-v1_5-sha256");
      }

      @Override
      public boolean verify(byte[] base, byte[] value) {
        try {
          // The SubjectPublicKeyInfo of RSA around the RFC's PKCS #1 key.
          byte[] header =
              HexFormat.of().parseHex("30820122300d06092a864886f70d01010105000382010f00");
          byte[] key = Base64.getDecoder().decode(RSA_PKCS1);
          byte[] encoded = new byte[header.length + key.length];
          System.arraycopy(header, 0, encoded, 0, header.length);
          System.arraycopy(key, 0, encoded, header.length, key.length);
          Signature signature = Signature.getInstance("SHA256withRSA");
          signature.initVerify(
              KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(encoded)));
          signature.update(base);
          return signature.verify(value);
        } catch (GeneralSecurityException failure) {
          throw new AssertionError(failure);
        }
      }
    };
  }

  /** test-shared-secret with hmac-sha256, which only B.2.5 needs. */
  static byte[] hmac(String base) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
    return mac.doFinal(base.getBytes(StandardCharsets.US_ASCII));
  }

  static VerifyingKey hmac() {
    return new VerifyingKey() {
      @Override
      public boolean isFor(String algorithm) {
        return algorithm.equals("hmac-sha256");
      }

      @Override
      public boolean verify(byte[] base, byte[] value) {
        try {
          return MessageDigest.isEqual(hmac(new String(base, StandardCharsets.US_ASCII)), value);
        } catch (GeneralSecurityException failure) {
          throw new AssertionError(failure);
        }
      }
    };
  }

  static VerifyingKey verifying(SignatureAlgorithm algorithm) throws Exception {
    return JcaKeys.verifying(
        switch (algorithm) {
          case ECDSA_P256_SHA256 -> eccPublic();
          case ED25519 -> edPublic();
          case RSA_PSS_SHA512, PS256 -> pssPublic();
        },
        algorithm);
  }

  static SigningKey signing(SignatureAlgorithm algorithm) throws Exception {
    return JcaKeys.signing(
        "key",
        switch (algorithm) {
          case ECDSA_P256_SHA256 -> eccPrivate();
          case ED25519 -> edPrivate();
          case RSA_PSS_SHA512, PS256 -> pssPrivate();
        },
        algorithm);
  }

  private static PublicKey decode(String algorithm, String base64) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm)
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static BigInteger number(String base64Url) {
    return new BigInteger(1, Base64.getUrlDecoder().decode(base64Url));
  }
}
