package io.github.fapipack.scheme;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The content of a proof, in Base64, which any text column accepts; it has the proof's id. */
@Entity
@Table(name = "FAPI_SCHEME_PROOF_CONTENT")
@Access(AccessType.FIELD)
public class SchemeProofContentEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "CONTENT", updatable = false)
  String content;

  protected SchemeProofContentEntity() {}

  SchemeProofContentEntity(String id, String realmId, String content) {
    this.id = id;
    this.realmId = realmId;
    this.content = content;
  }
}
