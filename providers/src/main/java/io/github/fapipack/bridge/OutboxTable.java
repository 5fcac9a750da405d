package io.github.fapipack.bridge;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The ended consents in the database of which the bank's consent service must be told, within the
 * transaction of an entity manager.
 */
final class OutboxTable {

  private final EntityManager entities;
  private final LongSupplier now;

  /**
   * @param now the time in seconds since the epoch
   */
  OutboxTable(EntityManager entities, LongSupplier now) {
    this.entities = entities;
    this.now = now;
  }

  /** The service knows that the consent has ended. */
  void told(String realmId, String consentId) {
    long time = now.getAsLong();
    entities
        .createQuery(
            ConsentTable.UPDATE
                + "c.toldAt = :now, c.nextAttempt = null, c.keepUntil = :until"
                + " where c.id = :id and c.toldAt is null")
        .setParameter("id", ConsentTable.key(realmId, consentId))
        .setParameter("now", time)
        .setParameter("until", time + ConsentTable.ENDED)
        .executeUpdate();
  }

  /** The service is told at that time, or is told again then if this attempt fails. */
  void attempt(KnownConsent consent, long next) {
    entities
        .createQuery(
            ConsentTable.UPDATE
                + "c.attempts = :attempts, c.nextAttempt = :next"
                + " where c.id = :id and c.toldAt is null")
        .setParameter("id", ConsentTable.key(consent.realmId(), consent.consentId()))
        .setParameter("attempts", consent.attempts() + 1)
        .setParameter("next", next)
        .executeUpdate();
  }

  /** Consents of a realm of which the service must be told now, those that wait longest first. */
  List<KnownConsent> due(String realmId, int max) {
    return entities
        .createQuery(
            "select c from ConsentEntity c where c.realmId = :realm and c.nextAttempt <= :now"
                + " order by c.nextAttempt, c.id",
            ConsentEntity.class)
        .setParameter("realm", realmId)
        .setParameter("now", now.getAsLong())
        .setMaxResults(max)
        .getResultStream()
        .map(ConsentEntity::read)
        .toList();
  }

  /** The realms in which the service must be told of a consent now. */
  List<String> realmsDue() {
    return entities
        .createQuery(
            "select distinct c.realmId from ConsentEntity c where c.nextAttempt <= :now",
            String.class)
        .setParameter("now", now.getAsLong())
        .getResultList();
  }

  /** By realm, of how many consents the service does not know, and when the first of them ended. */
  List<Untold> untold() {
    return entities
        .createQuery(
            "select c.realmId, count(c), min(c.endedAt) from ConsentEntity c"
                + " where c.nextAttempt is not null group by c.realmId",
            Object[].class)
        .getResultStream()
        .map(row -> new Untold((String) row[0], (Long) row[1], (Long) row[2]))
        .toList();
  }

  /** The same for one realm; empty if the service knows all. */
  Optional<Untold> untold(String realmId) {
    return untold().stream().filter(each -> each.realmId().equals(realmId)).findFirst();
  }
}
