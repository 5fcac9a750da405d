package io.github.fapipack.it.directory;

import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.CertificateOrder;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.RevocationResponder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The directory's own certification authority: knows how an ecosystem names subjects, and tells
 * whether a certificate is revoked.
 */
public final class Certificates implements AutoCloseable {
  private final RevocationResponder revocation;
  private final Ecosystem ecosystem;

  Certificates(CertificateAuthority authority, Ecosystem ecosystem) {
    this.revocation = RevocationResponder.start(authority);
    this.ecosystem = ecosystem;
  }

  /** The authority that a profile has as anchor. */
  public CertificateAuthority authority() {
    return revocation.authority();
  }

  /** Where the state of its certificates is known. */
  public RevocationResponder revocation() {
    return revocation;
  }

  /** The order for a transport certificate of a software, to be changed and issued. */
  public CertificateOrder order(Software software, KeyPair keys) {
    return CertificateOrder.of(principal(ecosystem.subject(software)), keys.getPublic())
        .withNames(ecosystem.alternativeNames(software));
  }

  /** The transport certificate of a software. */
  public ClientCertificate issue(Software software, KeyPair keys) {
    return authority().issue(order(software, keys), keys.getPrivate());
  }

  /** The same name with the same encoding. */
  public static X500Principal principal(X500Name name) {
    try {
      return new X500Principal(name.getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    revocation.close();
  }
}
