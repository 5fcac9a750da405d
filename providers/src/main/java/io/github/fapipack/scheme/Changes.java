package io.github.fapipack.scheme;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/** The counter of changes in a directory, by which published lists know whether they are stale. */
public final class Changes {

  private Changes() {}

  /** How many changes there have been; 0 before the first. */
  public static long of(EntityManager entities, String realmId) {
    return entities
        .createQuery("select s.changes from SchemeEntity s where s.realmId = :realm", Long.class)
        .setParameter("realm", realmId)
        .getResultStream()
        .findFirst()
        .orElse(0L);
  }

  /** Counts a change, within the transaction that makes it. */
  static void count(EntityManager entities, String realmId) {
    int counted =
        entities
            .createQuery(
                "update SchemeEntity s set s.changes = s.changes + 1 where s.realmId = :realm")
            .setParameter("realm", realmId)
            .executeUpdate();
    if (counted == 0) {
      Optional.ofNullable(entities.find(SchemeEntity.class, realmId))
          .ifPresentOrElse(row -> row.changes++, () -> entities.persist(new SchemeEntity(realmId)));
    }
  }
}
