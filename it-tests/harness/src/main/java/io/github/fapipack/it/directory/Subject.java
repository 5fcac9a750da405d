package io.github.fapipack.it.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Builds the subject of a certificate attribute by attribute, in the order of the certificate. */
public final class Subject {
  private final X500NameBuilder name = new X500NameBuilder(BCStyle.INSTANCE);

  /** Adds an attribute by its object identifier. */
  public Subject with(ASN1ObjectIdentifier attribute, String value) {
    name.addRDN(attribute, value);
    return this;
  }

  /** Adds an attribute by its dotted object identifier. */
  public Subject with(String attribute, String value) {
    return with(new ASN1ObjectIdentifier(attribute), value);
  }

  /** The whole name, with the same encoding. */
  public X500Principal build() {
    try {
      return new X500Principal(name.build().getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
