package io.github.fapipack.certificate;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/**
 * A kind of name that a certificate may have: an attribute of its subject, or an alternative name
 * that is a URI or a host.
 */
public final class CertificateName {

  private static final String ALTERNATIVE = "san:";

  private final String label;
  private final String type;

  private CertificateName(String label, String type) {
    this.label = label;
    this.type = type;
  }

  /**
   * Parses the kind.
   *
   * @param text an attribute by its short name of RFC 4514 or its OID, {@code san:uri} or {@code
   *     san:dns}
   * @throws IllegalArgumentException if there is no such kind
   */
  public static CertificateName of(String text) {
    if (text.startsWith(ALTERNATIVE)) {
      if (!text.equals("san:uri") && !text.equals("san:dns")) {
        throw new IllegalArgumentException(text + " is not a kind of name in certificates");
      }
      return new CertificateName(text, text);
    }
    String oid =
        AttributeTypes.oid(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        text + " is not the name of an attribute type; write its OID"));
    return new CertificateName(AttributeTypes.name(oid), oid);
  }

  /**
   * Whether a certificate has that name. Attributes are compared as in names (RFC 4517 4.2.15), a
   * URI character by character.
   */
  public boolean isIn(X509Certificate certificate, String value) {
    return switch (type) {
      case "san:uri" -> alternatives(certificate, AlternativeNames.URI, value, false);
      case "san:dns" -> alternatives(certificate, AlternativeNames.DNS, value, true);
      default ->
          DistinguishedName.of(certificate.getSubjectX500Principal())
              .has(type, NameValue.ofText(value));
    };
  }

  /** Whether a certificate has a name of that kind, whatever it is. */
  public boolean isKindIn(X509Certificate certificate) {
    return switch (type) {
      case "san:uri" -> !AlternativeNames.of(certificate, AlternativeNames.URI).isEmpty();
      case "san:dns" -> !AlternativeNames.of(certificate, AlternativeNames.DNS).isEmpty();
      default -> DistinguishedName.of(certificate.getSubjectX500Principal()).has(type);
    };
  }

  private static boolean alternatives(
      X509Certificate certificate, int kind, String value, boolean ignoreCase) {
    return AlternativeNames.of(certificate, kind).stream()
        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
        .anyMatch(name -> ignoreCase ? name.equalsIgnoreCase(value) : name.equals(value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertificateName name && name.type.equals(type);
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  /** The name of the kind in sentences. */
  @Override
  public String toString() {
    return label;
  }
}
