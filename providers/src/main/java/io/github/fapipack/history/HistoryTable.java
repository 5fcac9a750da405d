package io.github.fapipack.history;

import io.github.fapipack.history.HistoryEntry.Document;
import io.github.fapipack.history.HistoryEntry.Undone;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The history of realms in the database, within the transaction of an entity manager: an entry is
 * committed or rolled back together with its change.
 */
public final class HistoryTable {

  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

  private final EntityManager entities;
  private final HistoryLimits limits;

  HistoryTable(EntityManager entities, HistoryLimits limits) {
    this.entities = entities;
    this.limits = limits;
  }

  /** The history in the transaction of a session. */
  public static HistoryTable of(KeycloakSession session) {
    return new HistoryTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(), HistoryLimits.DEFAULT);
  }

  public static String newId() {
    return UUID.randomUUID().toString();
  }

  /**
   * Adds an entry, and deletes what exceeds the limits.
   *
   * @param document the document that undoes the entry
   * @return the entry, with the state of the document
   */
  public HistoryEntry add(HistoryEntry entry, String document) {
    String packed = PackedText.pack(document);
    boolean fits = packed.length() <= limits.documentSize();
    HistoryEntry kept =
        new HistoryEntry(
            entry.id(),
            entry.realmId(),
            entry.time(),
            entry.kind(),
            entry.who(),
            entry.facts(),
            fits ? Document.KEPT : Document.TOO_LARGE,
            null);
    HistoryEntity row = HistoryEntity.of(kept, fits ? packed.length() : 0);
    entities.persist(row);
    if (fits) {
      HistoryDocumentEntity content = HistoryDocumentEntity.of(kept, packed);
      entities.persist(content);
      entities.flush();
      entities.detach(content);
    }
    entities.flush();
    entities.detach(row);
    prune(entry.realmId());
    return kept;
  }

  private void prune(String realmId) {
    List<String> old =
        newestFirst("select h.id", String.class, realmId)
            .setFirstResult(limits.entries())
            .getResultList();
    if (!old.isEmpty()) {
      delete("HistoryDocumentEntity", old);
      delete("HistoryEntity", old);
    }
    long size = 0;
    for (HistoryEntity row :
        newestFirst("select h", HistoryEntity.class, realmId).getResultList()) {
      size += row.documentSize();
      if (size > limits.realmSize() && row.documentSize() > 0) {
        delete("HistoryDocumentEntity", List.of(row.id()));
        row.dropDocument();
      }
    }
    entities.flush();
  }

  private void delete(String entity, List<String> ids) {
    entities
        .createQuery("delete from " + entity + " h where h.id in (:ids)")
        .setParameter("ids", ids)
        .executeUpdate();
  }

  private <T> TypedQuery<T> newestFirst(String what, Class<T> type, String realmId) {
    return entities
        .createQuery(
            what + " from HistoryEntity h where h.realmId = :realm order by h.madeAt desc, h.id",
            type)
        .setParameter("realm", realmId);
  }

  /** The entries of a realm, latest first. */
  public List<HistoryEntry> list(String realmId, int first, int max) {
    return newestFirst("select h", HistoryEntity.class, realmId)
        .setFirstResult(first)
        .setMaxResults(max)
        .getResultList()
        .stream()
        .map(HistoryEntity::read)
        .toList();
  }

  public long count(String realmId) {
    return entities
        .createQuery("select count(h) from HistoryEntity h where h.realmId = :realm", Long.class)
        .setParameter("realm", realmId)
        .getSingleResult();
  }

  public Optional<HistoryEntry> find(String realmId, String id) {
    return row(realmId, id, LockModeType.NONE).map(HistoryEntity::read);
  }

  /** An entry, locked so that nobody else can undo it before the transaction ends. */
  public Optional<HistoryEntry> lock(String realmId, String id) {
    return row(realmId, id, LockModeType.PESSIMISTIC_WRITE)
        .map(
            row -> {
              entities.refresh(row);
              return row.read();
            });
  }

  /** The document that undoes an entry, if it is stored. */
  public Optional<String> document(String realmId, String id) {
    return isId(id)
        ? entities
            .createQuery(
                "select d.content from HistoryDocumentEntity d"
                    + " where d.id = :id and d.realmId = :realm",
                String.class)
            .setParameter("id", id)
            .setParameter("realm", realmId)
            .getResultStream()
            .findFirst()
            .map(PackedText::unpack)
        : Optional.empty();
  }

  public void markUndone(String realmId, String id, Undone undone) {
    row(realmId, id, LockModeType.PESSIMISTIC_WRITE).ifPresent(row -> row.markUndone(undone));
    entities.flush();
  }

  /** Deletes the history of a realm, and returns the number of entries. */
  int deleteAll(String realmId) {
    entities
        .createQuery("delete from HistoryDocumentEntity d where d.realmId = :realm")
        .setParameter("realm", realmId)
        .executeUpdate();
    return entities
        .createQuery("delete from HistoryEntity h where h.realmId = :realm")
        .setParameter("realm", realmId)
        .executeUpdate();
  }

  private Optional<HistoryEntity> row(String realmId, String id, LockModeType lock) {
    return isId(id)
        ? entities
            .createQuery(
                "select h from HistoryEntity h where h.id = :id and h.realmId = :realm",
                HistoryEntity.class)
            .setParameter("id", id)
            .setParameter("realm", realmId)
            .setLockMode(lock)
            .getResultStream()
            .findFirst()
        : Optional.empty();
  }

  /** Other texts cannot be ids, and some of them are rejected by databases. */
  private static boolean isId(String id) {
    return id != null && ID.matcher(id).matches();
  }
}
