package io.github.fapipack.scheme;

import jakarta.persistence.EntityManager;

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
      // Of two that are the first at the same time, one fails here, and can be repeated.
      entities.persist(new SchemeEntity(realmId));
      entities.flush();
    }
  }
}
