package io.github.fapipack.authentication;

import io.github.fapipack.certificate.CertificateMember;
import io.github.fapipack.certificate.DistinguishedName;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.keys.SelfSignedCertificate;
import io.github.fapipack.rule.Refusal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.models.ClientModel;

/** The one registered name by which a client's certificate is recognized (RFC 8705 2.1.2). */
final class ExpectedCertificate {

  private static final String PATTERN = X509ClientAuthenticator.ATTR_ALLOW_REGEX_PATTERN_COMPARISON;
  private static final String AUTHORITY = X509ClientAuthenticator.ATTR_CA_SUBJECT_DN;

  private static final String ONE =
      "register exactly one of "
          + Arrays.stream(CertificateMember.values())
              .map(CertificateMember::member)
              .collect(Collectors.joining(", "));

  private static final String FOR_AUTHORITIES =
      " is for tls_client_auth; with "
          + SelfSignedCertificate.METHOD
          + " the client's certificate is in its key set alone";

  /** A setting of a client: its name in sentences and the attribute that stores it. */
  private record Field(String label, String attribute) {

    static Field of(CertificateMember member) {
      String label =
          member == CertificateMember.SUBJECT_DN
              ? member.member() + " (" + member.attribute() + ")"
              : member.member();
      return new Field(label, member.attribute());
    }
  }

  private ExpectedCertificate() {}

  static void check(ClientModel client, X509Certificate shown) throws Refusal {
    List<CertificateMember> members = members(client::getAttribute);
    if (members.size() != 1) {
      throw Refusal.invalidClient("it is not clear which certificate is the client's", ONE);
    }
    CertificateMember member = members.get(0);
    Optional<String> difference;
    try {
      difference = member.differenceOf(shown, client.getAttribute(member.attribute()));
    } catch (IllegalArgumentException e) {
      throw Refusal.invalidClient(
          "what is registered as " + member.member() + " is not such a name: " + e.getMessage());
    }
    if (difference.isPresent()) {
      throw Refusal.invalidClient(
          difference.get(),
          "use the certificate that is registered, or register "
              + member.member()
              + " again, not as a pattern");
    }
  }

  /**
   * A registered name makes sense only for certificates of an authority, not for self-signed ones.
   */
  static void checkSelfSigned(ClientModel client) throws Refusal {
    Optional<Field> other = nameBesideSelfSigned(client::getAttribute);
    if (other.isPresent()) {
      throw Refusal.invalidClient(other.get().label() + FOR_AUTHORITIES);
    }
  }

  private static Optional<Field> nameBesideSelfSigned(UnaryOperator<String> attributes) {
    String authority = attributes.apply(AUTHORITY);
    return authority == null || authority.isBlank()
        ? members(attributes).stream().map(Field::of).findFirst()
        : Optional.of(new Field(AUTHORITY, AUTHORITY));
  }

  private static List<CertificateMember> members(UnaryOperator<String> attributes) {
    List<CertificateMember> members = new ArrayList<>();
    for (CertificateMember member : CertificateMember.values()) {
      String value = attributes.apply(member.attribute());
      if (value != null && !value.isBlank()) {
        members.add(member);
      }
    }
    return members;
  }

  static void checkRegistered(ProposedClient client) throws Refusal {
    List<CertificateMember> members = members(client::attribute);
    if (SelfSignedCertificate.isMethodOf(client)) {
      Optional<Field> other = nameBesideSelfSigned(client::attribute);
      if (other.isPresent()) {
        throw ProposedClient.refusal(
            other.get().label() + FOR_AUTHORITIES, other.get().attribute());
      }
      SelfSignedCertificate.checkRegistered(client);
    } else {
      checkName(client, members);
    }
    checkAuthority(client.attribute(AUTHORITY));
  }

  private static void checkName(ProposedClient client, List<CertificateMember> members)
      throws Refusal {
    if (members.isEmpty()) {
      throw refusal(
          CertificateMember.SUBJECT_DN, "must be the subject of the certificate; or else " + ONE);
    }
    if (members.size() > 1) {
      throw refusal(
          members.get(1), "is registered together with " + members.get(0).member() + "; " + ONE);
    }
    if (Boolean.parseBoolean(client.attribute(PATTERN))) {
      throw ProposedClient.refusal(PATTERN + " must be off; register one exact subject", PATTERN);
    }
    CertificateMember member = members.get(0);
    if (member == CertificateMember.SUBJECT_DN && client.attribute(PATTERN) == null) {
      client.setAttribute(PATTERN, "false"); // if absent, it would be on
    }
    Optional<String> fault = member.fault(client.attribute(member.attribute()));
    if (fault.isPresent()) {
      throw refusal(
          member,
          member == CertificateMember.SUBJECT_DN
              ? "must be a name as RFC 4514 writes it: " + fault.get()
              : "cannot be in a certificate: " + fault.get());
    }
  }

  private static void checkAuthority(String authority) throws Refusal {
    if (authority == null || authority.isBlank()) {
      return;
    }
    try {
      DistinguishedName.parse(authority);
    } catch (IllegalArgumentException e) {
      throw ProposedClient.refusal(
          AUTHORITY + " must be a name as RFC 4514 writes it: " + e.getMessage(), AUTHORITY);
    }
  }

  private static Refusal refusal(CertificateMember member, String sentence) {
    return ProposedClient.refusal(Field.of(member).label() + " " + sentence, member.attribute());
  }
}
