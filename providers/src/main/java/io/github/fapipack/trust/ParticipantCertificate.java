package io.github.fapipack.trust;

import io.github.fapipack.certificate.CertificateName;
import io.github.fapipack.ecosystem.CertificateRules;
import io.github.fapipack.ecosystem.CertificateRules.Match;
import io.github.fapipack.ecosystem.CertificateRules.Place;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.revocation.CertificateTrust;
import io.github.fapipack.revocation.Demands;
import io.github.fapipack.revocation.QualifiedStatement;
import io.github.fapipack.revocation.Verdict;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response.Status;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/**
 * Whether the client certificate of a connection is one of the software: it comes from an authority
 * of the ecosystem, was not revoked, and has the names that the statement has.
 */
final class ParticipantCertificate {

  private final CertificateRules rules;

  ParticipantCertificate(EcosystemProfile profile) {
    this.rules = profile.certificate();
  }

  /**
   * Checks whether the certificate comes from an authority of the ecosystem and is valid.
   *
   * @param chain the certificate and its chain; empty without mutual TLS
   * @throws Refusal {@code invalid_client} with HTTP 401
   */
  void checkTrust(KeycloakSession session, List<X509Certificate> chain) throws Refusal {
    if (chain.isEmpty()) {
      if (rules.required()) {
        throw Refusal.invalidClient(
            "a registration needs mutual TLS", "connect with the certificate of the software");
      }
      return;
    }
    Verdict verdict = CertificateTrust.check(session, chain, Demands.atRegistration(rules));
    if (!verdict.isTrusted()) {
      throw new Refusal("invalid_client", verdict.reason(), verdict.remedy(), Status.UNAUTHORIZED);
    }
  }

  /**
   * Checks whether the certificates are those of the software: that of the connection, and that
   * with which the software has signed its statement itself. Both count, because authorities for
   * the one may not be trusted for the other.
   *
   * @throws Refusal {@code unapproved_software_statement} if it is another's
   */
  void checkOwner(List<X509Certificate> chain, SoftwareStatement statement) throws Refusal {
    for (List<X509Certificate> judged : List.of(chain, statement.chain())) {
      if (!judged.isEmpty()) {
        for (Match match : rules.match()) {
          check(match, judged.get(0), statement);
        }
      }
    }
  }

  private static void check(Match match, X509Certificate shown, SoftwareStatement statement)
      throws Refusal {
    Optional<String> value = match.claim().text(statement.claims());
    if (value.isEmpty()) {
      throw new Refusal(
          StatementCheck.INVALID,
          "the software statement has no " + match.claim().name(),
          "get a new one from the directory");
    }
    if (fits(match.anyOf(), shown, value.get())) {
      return;
    }
    throw new Refusal(
        StatementCheck.UNAPPROVED,
        "the client certificate does not have "
            + match.claim().name()
            + " of the software statement as "
            + match.anyOf().stream()
                .map(place -> place.name().toString())
                .distinct()
                .collect(Collectors.joining(" or ")),
        "connect with a certificate of this software");
  }

  /**
   * The first kind of name that the certificate has decides: otherwise an own OU or CN, which the
   * holder may have chosen, would count beside the identifier of somebody else.
   */
  private static boolean fits(List<Place> places, X509Certificate shown, String value) {
    Optional<CertificateName> decisive =
        places.stream().map(Place::name).filter(name -> name.isKindIn(shown)).findFirst();
    return decisive.isPresent()
        && places.stream()
            .filter(place -> place.name().equals(decisive.get()))
            .anyMatch(place -> place.name().isIn(shown, place.prefix() + value));
  }

  /**
   * The roles that the certificate leaves to the software.
   *
   * @param roles those of the statement; null if there are none
   * @throws Refusal if a qualified certificate is required, or allows none of the roles
   */
  Set<String> restrict(Set<String> roles, List<X509Certificate> chain) throws Refusal {
    CertificateRules.Qualified qualified = rules.qualified();
    if (qualified == null || chain.isEmpty()) {
      return roles;
    }
    Optional<QualifiedStatement> read = QualifiedStatement.of(chain.get(0));
    if (read.isPresent() && !read.get().isReadable()) {
      throw new Refusal(
          StatementCheck.UNAPPROVED,
          "the qualified statements of the client certificate cannot be read",
          "connect with another certificate");
    }
    if (read.isEmpty() || !read.get().isForWebsites()) {
      if (qualified.required()) {
        throw new Refusal(
            StatementCheck.UNAPPROVED,
            "the client certificate is not a qualified one for web sites",
            "connect with a QWAC");
      }
      return roles;
    }
    if (roles == null || qualified.roles() == null) {
      return roles;
    }
    Set<String> left = new LinkedHashSet<>();
    for (String role : read.get().roles()) {
      left.addAll(qualified.roles().getOrDefault(role, List.of()));
    }
    left.retainAll(roles);
    if (left.isEmpty()) {
      throw new Refusal(
          StatementCheck.UNAPPROVED,
          "the PSD2 roles of the client certificate allow none of the software's roles",
          "connect with a certificate that has them");
    }
    return left;
  }
}
