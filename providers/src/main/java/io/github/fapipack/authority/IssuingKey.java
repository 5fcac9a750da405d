package io.github.fapipack.authority;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key that signs certificates, revocation lists and OCSP responses.
 *
 * @param componentId the component of the realm that holds it
 * @param active whether it issues; one that does not goes on signing lists and responses
 * @param chain its certificate, then those above it up to the root
 * @param provider the security provider that the key needs, such as that of an HSM; null for any
 */
record IssuingKey(
    String componentId,
    boolean active,
    PrivateKey privateKey,
    List<X509Certificate> chain,
    Provider provider) {

  private static final int ID_LENGTH = 32;

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** The same for each certificate of the key; it is in the addresses of its revocation list. */
  String id() {
    return idOf(certificate().getPublicKey());
  }

  static String idOf(PublicKey key) {
    return Digests.sha256(key.getEncoded()).substring(0, ID_LENGTH);
  }

  boolean isValidAt(long millis) {
    Instant time = Instant.ofEpochMilli(millis);
    return !certificate().getNotBefore().toInstant().isAfter(time)
        && certificate().getNotAfter().toInstant().isAfter(time);
  }

  /** Signs with the key wherever it is; the algorithm follows its type and size. */
  ContentSigner signer() {
    JcaContentSignerBuilder builder =
        new JcaContentSignerBuilder(algorithm(certificate().getPublicKey()));
    if (provider != null) {
      builder.setProvider(provider);
    }
    try {
      return builder.build(privateKey);
    } catch (OperatorCreationException e) {
      throw new IllegalStateException("The issuing key " + id() + " cannot sign", e);
    }
  }

  private static String algorithm(PublicKey key) {
    if (!(key instanceof ECKey ec)) {
      return "SHA256withRSA";
    }
    int bits = ec.getParams().getCurve().getField().getFieldSize();
    return bits <= 256 ? "SHA256withECDSA" : bits <= 384 ? "SHA384withECDSA" : "SHA512withECDSA";
  }
}
