package io.github.fapipack.scheme;

import io.github.fapipack.authority.Issued;
import io.github.fapipack.authority.Reason;
import io.github.fapipack.authority.Search;
import io.github.fapipack.authority.Use;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/**
 * Everything that people and programs do in a scheme's directory, with their permissions checked:
 * pages and APIs have no other way. Each change is an admin event. What somebody may not see is
 * unknown to him ({@link SchemeFault.Kind#UNKNOWN}).
 *
 * <p>A change gives back the version that was read; if somebody else has changed the thing
 * meanwhile, it is refused ({@link SchemeFault.Kind#CONFLICT}).
 */
public final class Desk {

  private final Access access;

  private Desk(Access access) {
    this.access = access;
  }

  /** The desk of the realm of the session's context; empty if it is no directory. */
  public static Optional<Desk> of(KeycloakSession session, Access access) {
    throw new UnsupportedOperationException();
  }

  public Access access() {
    return access;
  }

  // Organisations

  /** Those that the person belongs to, by name. */
  public List<Organisation> ownOrganisations() {
    throw new UnsupportedOperationException();
  }

  /** All, for the operator; {@code text} and {@code standing} may be null. */
  public Page<Organisation> organisations(String text, Standing standing, int first, int max) {
    throw new UnsupportedOperationException();
  }

  public Organisation organisation(String id) {
    throw new UnsupportedOperationException();
  }

  /**
   * Applies for an organisation; the person becomes its first administrator. The operator's are
   * active at once, others pending.
   */
  public Organisation apply(OrganisationData data) {
    throw new UnsupportedOperationException();
  }

  /** Changes name, number and country, which the operator alone may do once it is active. */
  public Organisation change(String id, long version, OrganisationData data) {
    throw new UnsupportedOperationException();
  }

  /** Applies for one more role. */
  public Organisation requestRole(String id, long version, String role) {
    throw new UnsupportedOperationException();
  }

  /** The operator decides about an organisation. */
  public Organisation decide(String id, long version, Standing standing, String why) {
    throw new UnsupportedOperationException();
  }

  /** The operator decides about a role of an organisation. */
  public Organisation decideRole(
      String id, long version, String role, Standing standing, String why) {
    throw new UnsupportedOperationException();
  }

  // People

  /** Members, then those who are invited. */
  public List<Person> people(String organisationId) {
    throw new UnsupportedOperationException();
  }

  /** Invites somebody by mail, with Keycloak's invitations. */
  public void invite(String organisationId, String email) {
    throw new UnsupportedOperationException();
  }

  /** Sets the duties of a member. */
  public void duties(String organisationId, String userId, Set<Duty> duties) {
    throw new UnsupportedOperationException();
  }

  /** Ends a membership. */
  public void remove(String organisationId, String userId) {
    throw new UnsupportedOperationException();
  }

  // Software

  /** By name. */
  public List<Software> software(String organisationId) {
    throw new UnsupportedOperationException();
  }

  public Software softwareById(String id) {
    throw new UnsupportedOperationException();
  }

  public Software add(String organisationId, SoftwareData data) {
    throw new UnsupportedOperationException();
  }

  public Software change(String id, long version, SoftwareData data) {
    throw new UnsupportedOperationException();
  }

  /** The operator decides; the organisation itself may withdraw its software for good. */
  public Software decideSoftware(String id, long version, Standing standing, String why) {
    throw new UnsupportedOperationException();
  }

  /** A signed statement about a software that is active, as a compact JWT. */
  public String statement(String softwareId) {
    throw new UnsupportedOperationException();
  }

  // Keys

  /** Keys of a software or, without one, of the organisation itself. */
  public List<PublishedKey> keys(String organisationId, String softwareId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Publishes a key.
   *
   * @param key a public JWK as JSON, or a public key or certificate as PEM
   */
  public PublishedKey addKey(String organisationId, String softwareId, String key) {
    throw new UnsupportedOperationException();
  }

  public PublishedKey revokeKey(String keyId) {
    throw new UnsupportedOperationException();
  }

  // Certificates

  /** A part of the list; members see that of their organisations. */
  public Page<Issued> certificates(Search search, int first, int max) {
    throw new UnsupportedOperationException();
  }

  public Issued certificate(String serial) {
    throw new UnsupportedOperationException();
  }

  /**
   * Issues a certificate for a software; the key of a signing certificate is published.
   *
   * @param request a PKCS#10 request as PEM, at most 16 kB
   */
  public Issued order(String softwareId, Use use, String request) {
    throw new UnsupportedOperationException();
  }

  public Issued revoke(String serial, Reason reason) {
    throw new UnsupportedOperationException();
  }

  // Proofs of certification

  /** Those of an organisation and of its software, latest first. */
  public List<Proof> proofs(String organisationId) {
    throw new UnsupportedOperationException();
  }

  /**
   * Stores a PDF of at most 5 MB.
   *
   * @param softwareId null for one about the organisation
   */
  public Proof upload(String organisationId, String softwareId, String name, byte[] content) {
    throw new UnsupportedOperationException();
  }

  public Proof proof(String id) {
    throw new UnsupportedOperationException();
  }

  public byte[] content(String proofId) {
    throw new UnsupportedOperationException();
  }

  /** The operator decides: active or withdrawn. */
  public Proof decideProof(String id, Standing standing, String why) {
    throw new UnsupportedOperationException();
  }

  /** Deletes a proof about which the operator has not decided. */
  public void delete(String proofId) {
    throw new UnsupportedOperationException();
  }

  // Events

  /** What has been changed of an organisation, latest first. */
  public List<Happening> happenings(String organisationId, int first, int max) {
    throw new UnsupportedOperationException();
  }
}
