package io.github.fapipack.authority;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * What all nodes know of an issuing key: its latest revocation list. Who issues or signs a list
 * locks the row. Times are in milliseconds since 1970.
 */
@Entity
@Table(name = "FAPI_SCHEME_ISSUER")
@Access(AccessType.FIELD)
public class IssuerEntity {

  /** The realm's id and that of the key. */
  @Id
  @Column(name = "ID", length = 80)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  /** The CRLNumber of the latest list; 0 if there was none. */
  @Column(name = "LIST_NUMBER")
  long number;

  /** How many revocations there were when the list was signed. */
  @Column(name = "REVOCATIONS")
  long revocations;

  @Column(name = "THIS_UPDATE")
  long thisUpdate;

  @Column(name = "NEXT_UPDATE")
  long nextUpdate;

  /** DER in Base64. */
  @Column(name = "CONTENT")
  String content;

  protected IssuerEntity() {}

  IssuerEntity(String realmId, String issuerId) {
    id = idOf(realmId, issuerId);
    this.realmId = realmId;
  }

  static String idOf(String realmId, String issuerId) {
    return realmId + "." + issuerId;
  }
}
