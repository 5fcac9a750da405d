package io.github.fapipack.certificate;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;

/**
 * The client metadata with the name of a client's certificate (RFC 8705 2.1.2), of which a client
 * has exactly one. Registered values are stored unchanged.
 */
public enum CertificateMember {
  /** The subject in the format of RFC 4514. */
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

  /** A host name of letters, digits and hyphens; case-insensitive. */
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

  /** A URI; compared character by character. */
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

  /** An IP address in any notation (RFC 8705 2.1.2). */
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

  /** An e-mail address; only its domain is case-insensitive (RFC 5280 7.5). */
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

  /** Those about the subject's alternative names, which Keycloak does not support. */
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

  /** Why a value cannot be such a name; empty if it can. */
  public Optional<String> fault(String registered) {
    try {
      check(registered);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  /**
   * How a certificate differs from the registered name; empty if it is the client's.
   *
   * @throws IllegalArgumentException if the registered value is not such a name
   */
  public Optional<String> differenceOf(X509Certificate certificate, String registered) {
    check(registered);
    return difference(registered, certificate);
  }

  /**
   * @throws IllegalArgumentException says why the value cannot be such a name
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
