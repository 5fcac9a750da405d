package io.github.fapipack.scheme;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A published key; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_SCHEME_KEY")
@Access(AccessType.FIELD)
public class SchemeKeyEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "ORGANISATION_ID", updatable = false)
  String organisationId;

  /** Null for a key of the organisation. */
  @Column(name = "SOFTWARE_ID", updatable = false)
  String softwareId;

  @Column(name = "KID", updatable = false)
  String kid;

  /** The thumbprint of the key itself (RFC 7638). */
  @Column(name = "THUMBPRINT", updatable = false)
  String thumbprint;

  @Column(name = "JWK", updatable = false)
  String jwk;

  /** The serial of the certificate that it came with, or null. */
  @Column(name = "SERIAL", updatable = false)
  String serial;

  @Column(name = "ADDED_AT", updatable = false)
  long addedAt;

  /** Null while it is active. */
  @Column(name = "REVOKED_AT")
  Long revokedAt;

  protected SchemeKeyEntity() {}

  SchemeKeyEntity(String id, String realmId, String organisationId, String softwareId) {
    this.id = id;
    this.realmId = realmId;
    this.organisationId = organisationId;
    this.softwareId = softwareId;
  }
}
