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

/** What the scheme says of a Keycloak organization; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_SCHEME_ORGANISATION")
@Access(AccessType.FIELD)
public class SchemeOrganisationEntity {

  /** The id of the Keycloak organization. */
  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "REG_NUMBER")
  String number;

  @Column(name = "COUNTRY")
  String country;

  @Column(name = "STANDING")
  @Enumerated(EnumType.STRING)
  Standing standing;

  @Column(name = "WHY")
  String why;

  @Column(name = "SINCE")
  long since;

  /** A JSON object: the standing of each role, by its name. */
  @Column(name = "ROLES")
  String roles;

  @Version
  @Column(name = "VERSION")
  long version;

  protected SchemeOrganisationEntity() {}

  SchemeOrganisationEntity(String id, String realmId) {
    this.id = id;
    this.realmId = realmId;
  }
}
