package io.github.fapipack.scheme;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A software of an organisation; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_SCHEME_SOFTWARE")
@Access(AccessType.FIELD)
public class SchemeSoftwareEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "ORGANISATION_ID", updatable = false)
  String organisationId;

  @Column(name = "NAME")
  String name;

  /** {@link SoftwareData} as JSON. */
  @Column(name = "DATA")
  String data;

  @Column(name = "STANDING")
  @Enumerated(EnumType.STRING)
  Standing standing;

  @Column(name = "WHY")
  String why;

  @Column(name = "CREATED_AT", updatable = false)
  long createdAt;

  @Column(name = "CHANGED_AT")
  long changedAt;

  @Version
  @Column(name = "VERSION")
  long version;

  protected SchemeSoftwareEntity() {}

  SchemeSoftwareEntity(String id, String realmId, String organisationId, long createdAt) {
    this.id = id;
    this.realmId = realmId;
    this.organisationId = organisationId;
    this.createdAt = createdAt;
  }
}
