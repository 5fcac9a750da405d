package io.github.fapipack.scheme;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An uploaded proof without its content; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_SCHEME_PROOF")
@Access(AccessType.FIELD)
public class SchemeProofEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "ORGANISATION_ID", updatable = false)
  String organisationId;

  /** Null for one about the organisation. */
  @Column(name = "SOFTWARE_ID", updatable = false)
  String softwareId;

  @Column(name = "NAME", updatable = false)
  String name;

  @Column(name = "BYTES", updatable = false)
  long bytes;

  @Column(name = "SHA256", updatable = false)
  String sha256;

  @Column(name = "UPLOADED_BY", updatable = false)
  String uploadedBy;

  @Column(name = "UPLOADED_AT", updatable = false)
  long uploadedAt;

  @Column(name = "STANDING")
  @Enumerated(EnumType.STRING)
  Standing standing;

  @Column(name = "WHY")
  String why;

  protected SchemeProofEntity() {}

  SchemeProofEntity(String id, String realmId, String organisationId, String softwareId) {
    this.id = id;
    this.realmId = realmId;
    this.organisationId = organisationId;
    this.softwareId = softwareId;
  }
}
