package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.participants.Decision;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.Software;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.jose.jws.crypto.HashUtils;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * A registration or an update with a software statement, while it is checked. Each step is a rule
 * of the realm; a step that no policy of the realm has refuses the request.
 */
public final class Admission {

  /** The steps, in their order. */
  enum Step {
    /** The client certificate comes from an authority of the ecosystem and was not revoked. */
    CERTIFICATE(RequireParticipantCertificate.class),

    /** The statement, and the signature of the request, are genuine. */
    STATEMENT(RequireSoftwareStatement.class),

    /** The certificate is one of the software in the statement. */
    OWNER(RequireParticipantCertificate.class),

    /** The metadata fit the statement. */
    METADATA(RestrictToSoftwareStatement.class),

    /** The software has no client yet. */
    UNIQUE(RequireSoftwareStatement.class);

    private final Class<? extends Rule<?>> rule;

    Step(Class<? extends Rule<?>> rule) {
      this.rule = rule;
    }

    Class<? extends Rule<?>> rule() {
      return rule;
    }
  }

  private static final String SPENT = "fapi-software-statement:";

  private final KeycloakSession session;
  private final EcosystemProfile profile;
  private final RegistrationEnvelope envelope;
  private final List<X509Certificate> chain;
  private final ClientModel client;
  private Step done;
  private boolean duplicate;
  private SoftwareStatement statement;
  private Set<String> roles;
  private ObjectNode metadata;

  /**
   * @param chain the client certificate and its chain; empty without mutual TLS
   * @param client the client that is updated, or null for a new one
   */
  public Admission(
      KeycloakSession session,
      EcosystemProfile profile,
      RegistrationEnvelope envelope,
      List<X509Certificate> chain,
      ClientModel client) {
    this.session = session;
    this.profile = profile;
    this.envelope = envelope;
    this.chain = chain;
    this.client = client;
  }

  /**
   * Takes all steps.
   *
   * @throws ClientPolicyException if the request is refused
   */
  public void check() throws ClientPolicyException {
    for (Step step : Step.values()) {
      RealmRules.trigger(session, new AdmissionEvent(this, step));
      requireDone(step);
    }
  }

  private void requireDone(Step step) throws Refusal {
    if (done != step) {
      throw new Refusal(
          "access_denied",
          "registration is closed, since no policy of the realm has " + Rule.id(step.rule()),
          null,
          Status.FORBIDDEN);
    }
  }

  /**
   * Refuses the request because another one has registered the software meanwhile.
   *
   * @throws ClientPolicyException always
   */
  public void refuseDuplicate() throws ClientPolicyException {
    duplicate = true;
    RealmRules.trigger(session, new AdmissionEvent(this, Step.UNIQUE));
    throw duplicate();
  }

  /** Takes one step. */
  void take(Step step) throws Refusal {
    ParticipantCertificate certificate = new ParticipantCertificate(profile);
    switch (step) {
      case CERTIFICATE -> certificate.checkTrust(session, chain);
      case STATEMENT -> {
        StatementCheck check = new StatementCheck(session, profile);
        statement = mayReuseStatement() ? check.stored(client) : check.verify(envelope.statement());
        check.requireActive(statement);
        if (envelope.request() != null) {
          new SignedRequestCheck(session, profile).check(envelope.request(), statement);
        }
      }
      case OWNER -> {
        certificate.checkOwner(chain, statement);
        roles = certificate.restrict(statement.roles(), chain);
      }
      case METADATA -> {
        ObjectNode checked =
            new RequestedMetadata(profile, statement.claims(), envelope.members()).check();
        new Roles(profile, roles).restrict(checked, offeredScopes());
        CommunityCertificate.keys(statement.chain()).ifPresent(keys -> checked.set("jwks", keys));
        metadata = checked;
      }
      case UNIQUE -> requireUnique();
    }
    done = step;
  }

  /** The scopes of the client or, before there is one, those of the realm for new clients. */
  private Set<String> offeredScopes() {
    RealmModel realm = session.getContext().getRealm();
    Set<String> offered = new HashSet<>(Set.of(OAuth2Constants.SCOPE_OPENID));
    for (boolean byDefault : new boolean[] {true, false}) {
      if (client == null) {
        realm.getDefaultClientScopesStream(byDefault).forEach(one -> offered.add(one.getName()));
      } else {
        offered.addAll(client.getClientScopes(byDefault).keySet());
      }
    }
    return offered;
  }

  /** Whether the statement of the registration stays in effect with an update. */
  private boolean mayReuseStatement() {
    return client != null
        && envelope.statement() == null
        && !profile.registration().management().statementOnUpdate();
  }

  private void requireUnique() throws Refusal {
    Optional<Software> known = Participants.of(session).bySoftwareId(statement.softwareId());
    String owner = client == null ? null : client.getId();
    boolean isTaken =
        known
            .map(Software::clientUuid)
            .filter(uuid -> !uuid.equals(owner))
            .map(session.getContext().getRealm()::getClientById)
            .isPresent();
    if (isTaken && isStatedInactive(known.get())) {
      // It cannot update its client, for which it needs a token.
      new StatementCheck(session, profile).note(statement);
    }
    if (duplicate || isTaken) {
      throw duplicate();
    }
    if (known.filter(this::isOlder).isPresent()) {
      throw new Refusal(
          StatementCheck.INVALID,
          "the software statement is older than the one that was accepted last",
          "get a new one from the directory");
    }
    if (client != null
        && !statement.softwareId().equals(client.getAttribute(SoftwareClient.SOFTWARE))) {
      throw new Refusal(
          StatementCheck.UNAPPROVED,
          "the software statement is that of another software",
          "send the one of the registered software");
    }
  }

  /** Whether the software is not active because an earlier statement said so. */
  private static boolean isStatedInactive(Software known) {
    return known.decision().filter(one -> one.source() == Decision.Source.STATEMENT).isPresent();
  }

  /** What the directory has taken back since, would be in effect again. */
  private boolean isOlder(Software known) {
    OptionalLong issued = statement.issuedAt();
    return envelope.statement() != null
        && known.statementAt() != null
        && issued.isPresent()
        && issued.getAsLong() < known.statementAt() / 1000;
  }

  private Refusal duplicate() {
    return new Refusal(
        profile.registration().duplicateError(),
        "the software is registered already",
        "use its client, or update it");
  }

  /**
   * Uses up what is accepted once. This is for the end, when the client is stored: a request that
   * was refused for another reason can be repeated.
   *
   * @throws Refusal if it was used before
   */
  public void useUp() throws Refusal {
    if (profile.directory().statement().once() && envelope.statement() != null) {
      useUp(
          StatementCheck.limits(statement.jwt()),
          profile.directory().statement().maxAge(),
          "statement");
    }
    if (envelope.request() != null && profile.registration().request().once()) {
      useUp(
          SignedRequestCheck.limits(envelope.request()),
          profile.registration().request().maxAge(),
          "request " + statement.softwareId());
    }
  }

  /** Per realm and issuer, and hashed, because the issuer chooses both length and text. */
  private void useUp(JwtLimits limits, Integer oldest, String kind) throws Refusal {
    String text =
        String.join(
            "\n",
            session.getContext().getRealm().getId(),
            kind,
            limits.jwt().text("iss").orElse(""),
            limits.identifier());
    byte[] hash = HashUtils.hash("SHA-256", text.getBytes(StandardCharsets.UTF_8));
    String key = SPENT + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    if (!session.singleUseObjects().putIfAbsent(key, limits.secondsLeft(oldest))) {
      throw new Refusal(
          limits.error(),
          limits.subject() + ": it was used before",
          "send a new one with another jti");
    }
  }

  /** The client that is updated, or null for a new one. */
  public ClientModel client() {
    return client;
  }

  /** The client certificate, or null without mutual TLS. */
  public X509Certificate certificate() {
    return chain.isEmpty() ? null : chain.get(0);
  }

  /** The verified statement. */
  public SoftwareStatement statement() {
    return statement;
  }

  /** The roles that the statement and the certificate leave; null if the ecosystem has none. */
  public Set<String> roles() {
    return roles;
  }

  /** The client scopes that the client gets in addition to those in its metadata. */
  public Set<String> attachedScopes() {
    return new Roles(profile, roles).attachedScopes();
  }

  /** Whether the scopes in the metadata are those that the roles of the software allow. */
  public boolean hasScopesOfRoles() {
    return new Roles(profile, roles).areRestricting();
  }

  /** The metadata to be registered. */
  public ObjectNode metadata() {
    return metadata;
  }
}
