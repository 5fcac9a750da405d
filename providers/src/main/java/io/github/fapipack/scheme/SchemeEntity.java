package io.github.fapipack.scheme;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A counter of the changes in a realm's directory; one row a realm. */
@Entity
@Table(name = "FAPI_SCHEME")
@Access(AccessType.FIELD)
public class SchemeEntity {

  @Id
  @Column(name = "REALM_ID", length = 36)
  String realmId;

  @Column(name = "CHANGES")
  long changes;

  protected SchemeEntity() {}

  SchemeEntity(String realmId) {
    this.realmId = realmId;
    this.changes = 1;
  }
}
