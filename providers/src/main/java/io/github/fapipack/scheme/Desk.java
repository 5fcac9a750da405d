package io.github.fapipack.scheme;

import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.Reason;
import io.github.fapipack.authority.Search;
import io.github.fapipack.authority.Use;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Everything that people and programs do in a scheme's directory, with their permissions checked:
 * pages and APIs have no other way. Each change is an admin event. What somebody may not see is
 * unknown to him ({@link SchemeFault.Kind#UNKNOWN}).
 *
 * <p>A change gives back the version that was read; if somebody else has changed the thing
 * meanwhile, it is refused ({@link SchemeFault.Kind#CONFLICT}).
 */
public final class Desk {

  private final Workplace at;

  private Desk(Workplace at) {
    this.at = at;
  }

  /**
   * The desk of the realm of the session's context, for a person or program of that realm; empty if
   * it is no directory.
   */
  public static Optional<Desk> of(KeycloakSession session, Access access, AdminAuth who) {
    RealmModel realm = session.getContext().getRealm();
    return of(
        session,
        access,
        () -> new AdminEventBuilder(realm, who, session, session.getContext().getConnection()));
  }

  /**
   * The same for somebody else.
   *
   * @param events makes a new admin event of whoever acts
   */
  public static Optional<Desk> of(
      KeycloakSession session, Access access, Supplier<AdminEventBuilder> events) {
    RealmModel realm = session.getContext().getRealm();
    if (!realm.isOrganizationsEnabled()) {
      return Optional.empty();
    }
    return SchemeTemplate.of(realm)
        .map(
            template ->
                new Desk(
                    new Workplace(session, realm, access, template, new ChangeEvents(events))));
  }

  /** Who acts here. */
  public Access access() {
    return at.access();
  }

  /** How the directory words things. */
  public SchemeTemplate template() {
    return at.template();
  }

  // Organisations

  /** Those that the person belongs to, by name. */
  public List<Organisation> ownOrganisations() {
    return new OrganisationDesk(at).own();
  }

  /** All, for the operator; {@code text} and {@code standing} may be null. */
  public Page<Organisation> organisations(String text, Standing standing, int first, int max) {
    return new OrganisationSearch(at).list(text, standing, first, max);
  }

  public Organisation organisation(String id) {
    return new OrganisationDesk(at).byId(id);
  }

  /**
   * Applies for an organisation; the person becomes its first administrator. The operator's are
   * active at once, others pending.
   */
  public Organisation apply(OrganisationData data) {
    return new OrganisationDesk(at).apply(data);
  }

  /** Changes name, number and country, which the operator alone may do once it is active. */
  public Organisation change(String id, long version, OrganisationData data) {
    return new OrganisationDesk(at).change(id, version, data);
  }

  /** Applies for one more role. */
  public Organisation requestRole(String id, long version, String role) {
    return new OrganisationDesk(at).requestRole(id, version, role);
  }

  /** The operator decides about an organisation. */
  public Organisation decide(String id, long version, Standing standing, String why) {
    return new OrganisationDesk(at).decide(id, version, standing, why);
  }

  /** The operator decides about a role of an organisation. */
  public Organisation decideRole(
      String id, long version, String role, Standing standing, String why) {
    return new OrganisationDesk(at).decideRole(id, version, role, standing, why);
  }

  // What waits for the operator

  /** Organisations with a role that they have applied for, longest waiting first. */
  public Page<Organisation> waitingRoles(int first, int max) {
    return new WaitingRoles(at).list(first, max);
  }

  // People

  /** Members, then those who are invited. */
  public List<Person> people(String organisationId) {
    return new PeopleDesk(at).of(organisationId);
  }

  /** Invites somebody by mail, with Keycloak's invitations. */
  public void invite(String organisationId, String email) {
    new PeopleDesk(at).invite(organisationId, email);
  }

  /** Sets the duties of a member. */
  public void duties(String organisationId, String userId, Set<Duty> duties) {
    new PeopleDesk(at).duties(organisationId, userId, duties);
  }

  /** Ends a membership. */
  public void remove(String organisationId, String userId) {
    new PeopleDesk(at).remove(organisationId, userId);
  }

  // Software

  /** By name. */
  public List<Software> software(String organisationId) {
    return new SoftwareDesk(at).of(organisationId);
  }

  public Software softwareById(String id) {
    return new SoftwareDesk(at).byId(id);
  }

  public Software add(String organisationId, SoftwareData data) {
    return new SoftwareDesk(at).add(organisationId, data);
  }

  public Software change(String id, long version, SoftwareData data) {
    return new SoftwareDesk(at).change(id, version, data);
  }

  /** The operator decides; the organisation itself may withdraw its software for good. */
  public Software decideSoftware(String id, long version, Standing standing, String why) {
    return new SoftwareDesk(at).decide(id, version, standing, why);
  }

  /** A signed statement about a software that is active, as a compact JWT. */
  public String statement(String softwareId) {
    return new SoftwareDesk(at).statement(softwareId);
  }

  // Keys

  /** Keys of a software or, without one, of the organisation itself. */
  public List<PublishedKey> keys(String organisationId, String softwareId) {
    return new KeyDesk(at).of(organisationId, softwareId);
  }

  /**
   * Publishes a key.
   *
   * @param key a public JWK as JSON, or a public key or certificate as PEM
   */
  public PublishedKey addKey(String organisationId, String softwareId, String key) {
    return new KeyDesk(at).add(organisationId, softwareId, key);
  }

  public PublishedKey revokeKey(String keyId) {
    return new KeyDesk(at).revoke(keyId);
  }

  // Certificates

  /** A part of the list; members see that of their organisations. */
  public Page<Issued> certificates(Search search, int first, int max) {
    return new CertificateDesk(at).search(search, first, max);
  }

  public Issued certificate(String serial) {
    return new CertificateDesk(at).bySerial(serial);
  }

  /**
   * Issues a certificate for a software; the key of a signing certificate is published.
   *
   * @param request a PKCS#10 request as PEM, at most 16 kB
   */
  public Issued order(String softwareId, Use use, String request) {
    return new CertificateDesk(at).order(softwareId, use, request);
  }

  public Issued revoke(String serial, Reason reason) {
    return new CertificateDesk(at).revoke(serial, reason);
  }

  // Proofs of certification

  /** Those of an organisation and of its software, latest first. */
  public List<Proof> proofs(String organisationId) {
    return new ProofDesk(at).of(organisationId);
  }

  /**
   * Stores a PDF of at most 5 MB.
   *
   * @param softwareId null for one about the organisation
   */
  public Proof upload(String organisationId, String softwareId, String name, byte[] content) {
    return new ProofDesk(at).upload(organisationId, softwareId, name, content);
  }

  /** All that wait for the operator, oldest first. */
  public Page<Proof> pendingProofs(int first, int max) {
    return new ProofDesk(at).pending(first, max);
  }

  public Proof proof(String id) {
    return new ProofDesk(at).byId(id);
  }

  public byte[] content(String proofId) {
    return new ProofDesk(at).content(proofId);
  }

  /** The operator decides: active or withdrawn. */
  public Proof decideProof(String id, Standing standing, String why) {
    return new ProofDesk(at).decide(id, standing, why);
  }

  /** Deletes a proof about which the operator has not decided. */
  public void delete(String proofId) {
    new ProofDesk(at).delete(proofId);
  }

  // Events

  /** What has been changed of an organisation, latest first. */
  public List<Happening> happenings(String organisationId, int first, int max) {
    return new Happenings(at).of(organisationId, first, max);
  }
}
