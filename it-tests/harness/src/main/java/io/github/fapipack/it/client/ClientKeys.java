package io.github.fapipack.it.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.fapipack.it.pki.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A client's private signature keys; only the public halves are registered. */
public record ClientKeys(JWKSet set) {

  /** New keys, one for each algorithm that FAPI2-SP 5.4.1 allows. */
  public static ClientKeys create() {
    return of(ps256(), es256(), ed25519());
  }

  /** A set of the given private keys. */
  public static ClientKeys of(JWK... keys) {
    return new ClientKeys(new JWKSet(Arrays.asList(keys)));
  }

  /** Reads a JWK set with private keys. */
  public static ClientKeys read(Path file) {
    try {
      return new ClientKeys(JWKSet.load(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParseException e) {
      throw new IllegalArgumentException(file + " holds no JWK set", e);
    }
  }

  /** Writes the private keys; only the owner may read the file. */
  public void writeTo(Path file) {
    OwnerOnly.write(file, set.toString(false));
  }

  /** The JWK set to register: public halves only. */
  public String publicJwks() {
    return set.toString(true);
  }

  /** The first key for an algorithm: PS256, ES256 or EdDSA. */
  public JWK forAlgorithm(String algorithm) {
    KeyType type =
        switch (algorithm) {
          case "ES256" -> KeyType.EC;
          case "EdDSA", "Ed25519" -> KeyType.OKP;
          default -> KeyType.RSA;
        };
    List<JWK> candidates =
        set.getKeys().stream().filter(key -> type.equals(key.getKeyType())).toList();
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("The client has no key for " + algorithm);
    }
    return candidates.get(0);
  }

  /** An RSA key of 2048 bits. */
  public static JWK ps256() {
    return rsa(2048);
  }

  /** A P-256 key. */
  public static JWK es256() {
    return ec(Curve.P_256);
  }

  /** An Ed25519 key. */
  public static JWK ed25519() {
    try {
      return new OctetKeyPairGenerator(Curve.Ed25519)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key on any curve, for example P-384, for which FAPI has no algorithm. */
  public static JWK ec(Curve curve) {
    try {
      return new ECKeyGenerator(curve)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * An RSA key of 2048 bits with any public exponent, for example one that makes verification slow.
   */
  public static JWK rsa(BigInteger exponent) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(new RSAKeyGenParameterSpec(2048, exponent));
      KeyPair pair = generator.generateKeyPair();
      return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
          .privateKey(pair.getPrivate())
          .keyUse(KeyUse.SIGNATURE)
          .keyID(UUID.randomUUID().toString())
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An RSA key of any size in bits, for example one that FAPI2-SP 5.4.1-2 forbids. */
  public static JWK rsa(int bits) {
    try {
      return new RSAKeyGenerator(bits, true)
          .keyUse(KeyUse.SIGNATURE)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
