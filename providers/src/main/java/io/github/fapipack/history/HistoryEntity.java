package io.github.fapipack.history;

import io.github.fapipack.history.HistoryEntry.Document;
import io.github.fapipack.history.HistoryEntry.Undone;
import io.github.fapipack.history.HistoryEntry.Who;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A row of the history; only its state (undone, document dropped) can change later. */
@Entity
@Table(name = "FAPI_HISTORY")
@Access(AccessType.FIELD)
public class HistoryEntity {

  /** The width of the columns for names. */
  private static final int NAME = 255;

  @Id
  @Column(name = "ID", length = 36)
  private String id;

  @Column(name = "REALM_ID", updatable = false)
  private String realmId;

  @Column(name = "MADE_AT", updatable = false)
  private long madeAt;

  @Column(name = "KIND", updatable = false)
  private String kind;

  @Column(name = "USER_ID", updatable = false)
  private String userId;

  @Column(name = "USER_NAME", updatable = false)
  private String userName;

  @Column(name = "CLIENT_ID", updatable = false)
  private String clientId;

  @Column(name = "LOGIN_REALM", updatable = false)
  private String loginRealm;

  @Column(name = "FACTS", updatable = false)
  private String facts;

  @Column(name = "DOCUMENT_STATE")
  private String documentState;

  @Column(name = "DOCUMENT_SIZE")
  private int documentSize;

  @Column(name = "UNDONE_AT")
  private Long undoneAt;

  @Column(name = "UNDONE_BY")
  private String undoneBy;

  @Column(name = "UNDONE_ENTRY")
  private String undoneEntry;

  @Version
  @Column(name = "VERSION")
  private int version;

  protected HistoryEntity() {}

  static HistoryEntity of(HistoryEntry entry, int documentSize) {
    HistoryEntity row = new HistoryEntity();
    row.id = entry.id();
    row.realmId = entry.realmId();
    row.madeAt = entry.time();
    row.kind = entry.kind();
    row.userId = cut(entry.who().userId());
    row.userName = cut(entry.who().userName());
    row.clientId = cut(entry.who().clientId());
    row.loginRealm = cut(entry.who().realm());
    row.facts = entry.facts();
    row.documentState = entry.document().name();
    row.documentSize = documentSize;
    return row;
  }

  private static String cut(String name) {
    return name == null || name.length() <= NAME ? name : name.substring(0, NAME);
  }

  final HistoryEntry read() {
    return new HistoryEntry(
        id,
        realmId,
        madeAt,
        kind,
        new Who(userId, userName, clientId, loginRealm),
        facts,
        Document.valueOf(documentState),
        undoneAt == null ? null : new Undone(undoneAt, undoneBy, undoneEntry));
  }

  final String id() {
    return id;
  }

  final int documentSize() {
    return documentSize;
  }

  final void dropDocument() {
    documentState = Document.DROPPED.name();
    documentSize = 0;
  }

  final void markUndone(Undone undone) {
    undoneAt = undone.time();
    undoneBy = cut(undone.userName());
    undoneEntry = undone.entryId();
  }
}
