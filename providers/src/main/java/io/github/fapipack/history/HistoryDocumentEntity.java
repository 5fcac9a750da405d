package io.github.fapipack.history;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The document that undoes an entry, compressed; it has the entry's id. */
@Entity
@Table(name = "FAPI_HISTORY_DOCUMENT")
@Access(AccessType.FIELD)
public class HistoryDocumentEntity {

  @Id
  @Column(name = "ID", length = 36)
  private String id;

  @Column(name = "REALM_ID", updatable = false)
  private String realmId;

  @Column(name = "CONTENT", updatable = false)
  private String content;

  protected HistoryDocumentEntity() {}

  static HistoryDocumentEntity of(HistoryEntry entry, String content) {
    HistoryDocumentEntity row = new HistoryDocumentEntity();
    row.id = entry.id();
    row.realmId = entry.realmId();
    row.content = content;
    return row;
  }
}
