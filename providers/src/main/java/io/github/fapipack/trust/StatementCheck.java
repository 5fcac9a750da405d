package io.github.fapipack.trust;

import io.github.fapipack.ecosystem.Directory;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.ecosystem.Presence;
import io.github.fapipack.fetch.FetchedKeys;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.participants.Decision;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.StatementNews;
import io.github.fapipack.rule.Refusal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Whether the directory of an ecosystem issued a software statement, for now and for this server
 * (RFC 7591 2.3).
 */
final class StatementCheck {

  static final String INVALID = "invalid_software_statement";
  static final String UNAPPROVED = "unapproved_software_statement";
  private static final String RENEW = "get a new one from the directory";

  private final KeycloakSession session;
  private final EcosystemProfile profile;

  StatementCheck(KeycloakSession session, EcosystemProfile profile) {
    this.session = session;
    this.profile = profile;
  }

  /**
   * Verifies a statement.
   *
   * @param text as it was sent; null if none was
   * @throws Refusal {@code invalid_software_statement}, or {@code unapproved_software_statement} if
   *     it is not from the directory, or for software that may not register
   */
  SoftwareStatement verify(String text) throws Refusal {
    if (text == null) {
      throw new Refusal(
          INVALID,
          "the request has no software_statement",
          "send one that the directory has signed");
    }
    SignedJwt jwt =
        SignedJwt.parse(text)
            .orElseThrow(
                () -> new Refusal(INVALID, "the software statement is not a signed JWT", RENEW));
    checkHeader(jwt);
    checkIssuer(jwt);
    List<X509Certificate> chain = checkSignature(jwt);
    checkClaims(jwt);
    SoftwareStatement statement = SoftwareStatement.of(profile.statement(), jwt, chain);
    checkState(statement);
    return statement;
  }

  /**
   * The statement of a registered client.
   *
   * @throws Refusal {@code invalid_software_statement} if it cannot be read any more
   */
  SoftwareStatement stored(ClientModel client) throws Refusal {
    return SoftwareClient.statement(profile, client)
        .orElseThrow(
            () -> new Refusal(INVALID, "the stored software statement cannot be read", RENEW));
  }

  /**
   * Checks what the directory's list and administrators say of the software.
   *
   * @throws Refusal {@code unapproved_software_statement}
   */
  void requireActive(SoftwareStatement statement) throws Refusal {
    Optional<Decision> decision =
        Participants.of(session)
            .decisionFor(statement.organisationId(), statement.softwareId())
            .filter(other -> other.source() != Decision.Source.STATEMENT);
    if (decision.isPresent()) {
      throw new Refusal(
          UNAPPROVED,
          "the "
              + (decision.get().onOrganisation() ? "organisation" : "software")
              + " is "
              + decision.get().state().jsonName(),
          decision.get().source() == Decision.Source.ADMINISTRATOR
              ? "ask the operator of this server"
              : "ask the directory");
    }
  }

  private void checkHeader(SignedJwt jwt) throws Refusal {
    Directory.StatementLimits limits = profile.directory().statement();
    if (limits.algorithms().stream().noneMatch(name -> Algorithms.areSame(name, jwt.algorithm()))) {
      throw new Refusal(
          INVALID,
          "the software statement must be signed with " + String.join(" or ", limits.algorithms()),
          RENEW);
    }
    String type = jwt.header().path("typ").asText("").toLowerCase(Locale.ROOT);
    if (!type.isEmpty()
        && !limits.types().isEmpty()
        && limits.types().stream()
            .noneMatch(name -> type.replaceFirst("^application/", "").equalsIgnoreCase(name))) {
      throw new Refusal(
          INVALID, "the typ of the software statement is of another kind of token", RENEW);
    }
  }

  private void checkIssuer(SignedJwt jwt) throws Refusal {
    Optional<String> issuer = jwt.text("iss");
    if (issuer.isEmpty()) {
      throw new Refusal(INVALID, "the software statement has no iss", RENEW);
    }
    if (profile.directory().issuer() != null
        && !issuer.get().equals(profile.directory().issuer())) {
      throw new Refusal(
          UNAPPROVED, "the software statement is not from the directory of this ecosystem", RENEW);
    }
  }

  /** The certificate chain that vouches for the key; empty where a key set does. */
  private List<X509Certificate> checkSignature(SignedJwt jwt) throws Refusal {
    if (profile.directory().keys() == Directory.Keys.CERTIFICATE) {
      return new CommunityCertificate(session, profile).verify(jwt);
    }
    FetchedKeys keys = FetchedKeys.ofDirectory(session, profile.directory().jwksUri());
    if (!keys.signed(session, jwt)) {
      throw keys.isSilent()
          ? new Refusal(
              INVALID,
              "the software statement cannot be verified, since the directory does not give its"
                  + " keys",
              "try again later")
          : new Refusal(
              INVALID,
              "the signature of the software statement is not made with a key of the directory",
              RENEW);
    }
    return List.of();
  }

  private void checkClaims(SignedJwt jwt) throws Refusal {
    Directory.StatementLimits rules = profile.directory().statement();
    JwtLimits limits = limits(jwt);
    limits.checkTimes(rules.maxAge(), rules.maxLifetime(), rules.expiry() == Presence.REQUIRED);
    if (!rules.audience().isEmpty()) {
      limits.checkAudience(new Audiences(session).named(rules.audience()));
    }
    if (rules.once()) {
      limits.identifier();
    }
  }

  static JwtLimits limits(SignedJwt jwt) {
    return new JwtLimits(jwt, "software_statement", INVALID);
  }

  /** Has the state in a statement stored for the software, if it is registered. */
  void note(SoftwareStatement statement) {
    statement
        .issuedAt()
        .ifPresent(
            issued ->
                StatementNews.note(
                    session, statement.softwareId(), statement.state(), issued * 1000));
  }

  private void checkState(SoftwareStatement statement) throws Refusal {
    if (statement.state() != ParticipantState.ACTIVE) {
      if (profile.directory().keys() == Directory.Keys.KEY_SET) {
        // What software signs itself says nothing of other software, and whose it is, is not known
        // yet.
        note(statement);
      }
      throw new Refusal(
          UNAPPROVED,
          "the software statement says that the organisation or the software is "
              + statement.state().jsonName(),
          "ask the directory");
    }
    if (statement.roles() != null
        && !profile.roles().isEmpty()
        && statement.roles().stream().noneMatch(profile.roles()::containsKey)) {
      throw new Refusal(
          UNAPPROVED,
          "the software has no active role of this ecosystem",
          "ask the directory for one of " + String.join(", ", profile.roles().keySet()));
    }
  }
}
