package io.github.fapipack.certificate;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;

/**
 * The client metadata that say by which name a certificate is the client's (RFC 8705 2.1.2), of
 * which a client has exactly one. What is registered is kept as it came.
 */
public enum CertificateMember {
  /** The subject, as RFC 4514 writes it. */
  SUBJECT_DN("tls_client_auth_subject_dn", X509ClientAuthenticator.ATTR_SUBJECT_DN) {
    @Override
    void check(String registered) {
      if (DistinguishedName.parse(registered).isEmpty()) {
        throw new IllegalArgumentException("it is empty");
      }
    }

    @Override
    Optional<String> difference(String registered, X509Certificate certificate) {
      DistinguishedName expected = DistinguishedName.parse(registered);
      DistinguishedName shown = DistinguishedName.of(certificate.getSubjectX500Principal());
      return expected.equals(shown)
          ? Optional.empty()
          : Optional.of(
              "the subject of the certificate is not the registered one: "
                  + expected.differenceTo(shown));
    }
  },

  /** A host name; of letters, digits and hyphens, in whatever case. */
  SAN_DNS("tls_client_auth_san_dns") {
    @Override
    void check(String registered) {
      AlternativeNames.checkHost(registered);
    }

    @Override
    Optional<String> difference(String registered, X509Certificate certificate) {
      return none(
          texts(certificate, AlternativeNames.DNS).stream().anyMatch(registered::equalsIgnoreCase));
    }
  },

  /** A URI; the same character by character. */
  SAN_URI("tls_client_auth_san_uri") {
    @Override
    void check(String registered) {
      AlternativeNames.checkUri(registered);
    }

    @Override
    Optional<String> difference(String registered, X509Certificate certificate) {
      return none(texts(certificate, AlternativeNames.URI).contains(registered));
    }
  },

  /** An address, in whatever spelling (RFC 8705 2.1.2). */
  SAN_IP("tls_client_auth_san_ip") {
    @Override
    void check(String registered) {
      AlternativeNames.address(registered);
    }

    @Override
    Optional<String> difference(String registered, X509Certificate certificate) {
      byte[] address = AlternativeNames.address(registered);
      return none(
          AlternativeNames.of(certificate, AlternativeNames.IP).stream()
              .anyMatch(shown -> Arrays.equals(shown, address)));
    }
  },

  /** A mail address; only its domain has no case (RFC 5280 7.5). */
  SAN_EMAIL("tls_client_auth_san_email") {
    @Override
    void check(String registered) {
      AlternativeNames.checkMailbox(registered);
    }

    @Override
    Optional<String> difference(String registered, X509Certificate certificate) {
      return none(
          texts(certificate, AlternativeNames.EMAIL).stream()
              .anyMatch(shown -> AlternativeNames.isSameMailbox(registered, shown)));
    }
  };

  /** Those about the subject's alternative names, which Keycloak does not know. */
  public static final List<CertificateMember> ALTERNATIVE_NAMES =
      Arrays.stream(values()).filter(member -> member != SUBJECT_DN).toList();

  private final String member;
  private final String attribute;

  CertificateMember(String member) {
    this(member, member);
  }

  CertificateMember(String member, String attribute) {
    this.member = member;
    this.attribute = attribute;
  }

  /** Its name in client metadata. */
  public String member() {
    return member;
  }

  /** The client attribute that holds it. */
  public String attribute() {
    return attribute;
  }

  /** Why what somebody registers can be no such name, if so. */
  public Optional<String> fault(String registered) {
    try {
      check(registered);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * In what a certificate differs from what is registered; empty if it is the client's.
   *
   * @throws IllegalArgumentException if what is registered is no such name
   */
  public Optional<String> differenceOf(X509Certificate certificate, String registered) {
    check(registered);
    return difference(registered, certificate);
  }

  /**
   * @throws IllegalArgumentException that says why it can be no such name
   */
  abstract void check(String registered);

  abstract Optional<String> difference(String registered, X509Certificate certificate);

  Optional<String> none(boolean found) {
    return found
        ? Optional.empty()
        : Optional.of(
            "the certificate does not have the registered " + member + " among its names");
  }

  private static List<String> texts(X509Certificate certificate, int kind) {
    return AlternativeNames.of(certificate, kind).stream()
        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
        .filter(text -> text.chars().allMatch(c -> c < 0x80))
        .toList();
  }
}
