package io.github.fapipack.bridge;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The consents that clients have named, in the database, within the transaction of an entity
 * manager. The row of a consent is locked while a grant is created for it and while it is ended, so
 * that one happens after the other on all nodes. Nothing is cached in the entity manager.
 */
final class ConsentTable {

  /** Longer than an authorization can take from its first request to its code. */
  private static final long PENDING = Duration.ofDays(1).toSeconds();

  /** How long it is known that a consent has ended, counted from when the service knew it. */
  static final long ENDED = Duration.ofDays(30).toSeconds();

  static final String UPDATE = "update ConsentEntity c set ";

  private final EntityManager entities;
  private final LongSupplier now;

  /**
   * @param now the time in seconds since the epoch
   */
  ConsentTable(EntityManager entities, LongSupplier now) {
    this.entities = entities;
    this.now = now;
  }

  Optional<KnownConsent> find(String realmId, String consentId) {
    return row(realmId, consentId, LockModeType.NONE);
  }

  /** Locks the row until the transaction ends. */
  Optional<KnownConsent> hold(String realmId, String consentId) {
    return row(realmId, consentId, LockModeType.PESSIMISTIC_WRITE);
  }

  private Optional<KnownConsent> row(String realmId, String consentId, LockModeType lock) {
    return entities
        .createQuery("select c from ConsentEntity c where c.id = :id", ConsentEntity.class)
        .setParameter("id", key(realmId, consentId))
        .setLockMode(lock)
        .getResultStream()
        .findFirst()
        .map(this::detached);
  }

  private KnownConsent detached(ConsentEntity row) {
    entities.detach(row);
    return row.read();
  }

  /**
   * The consent, which is stored if it was not, and is kept at least until an authorization that
   * begins now has ended. Fails if another transaction stores it at the same time.
   *
   * @param clientId the client_id of the client that names it, or null
   * @param issuer the issuer as which the realm talks to the bank's consent service
   */
  KnownConsent ensure(String realmId, String consentId, String clientId, String issuer) {
    Optional<KnownConsent> found = find(realmId, consentId);
    if (found.isEmpty()) {
      return insert(realmId, consentId, clientId, issuer);
    }
    if (isOld(found.get())) {
      keepUntil(realmId, consentId, now.getAsLong() + PENDING);
    }
    return found.get();
  }

  /** Whether a row must be kept longer when an authorization begins. */
  boolean isOld(KnownConsent consent) {
    return consent.seenAt() + PENDING / 2 < now.getAsLong();
  }

  private KnownConsent insert(String realmId, String consentId, String clientId, String issuer) {
    KnownConsent consent =
        new KnownConsent(
            realmId, consentId, clientId, issuer, now.getAsLong(), null, null, null, 0);
    ConsentEntity row =
        ConsentEntity.of(key(realmId, consentId), consent, now.getAsLong() + PENDING);
    entities.persist(row);
    entities.flush();
    entities.detach(row);
    return consent;
  }

  /**
   * Keeps the row at least that long.
   *
   * @param until seconds since the epoch, or null for always
   */
  void keepFor(String realmId, String consentId, Long until) {
    keepUntil(realmId, consentId, until == null ? Long.MAX_VALUE : until + PENDING);
  }

  private void keepUntil(String realmId, String consentId, long until) {
    entities
        .createQuery(UPDATE + "c.keepUntil = :until where c.id = :id and c.keepUntil < :until")
        .setParameter("id", key(realmId, consentId))
        .setParameter("until", until)
        .executeUpdate();
  }

  /** Ends a consent for good; the first to end it is who has ended it. */
  void end(String realmId, String consentId, EndedBy by) {
    long time = now.getAsLong();
    entities
        .createQuery(
            UPDATE
                + "c.endedAt = :now, c.endedBy = :by, c.nextAttempt = :now, c.keepUntil = :until"
                + " where c.id = :id and c.endedAt is null")
        .setParameter("id", key(realmId, consentId))
        .setParameter("by", by.name())
        .setParameter("now", time)
        .setParameter("until", time + ENDED)
        .executeUpdate();
    if (by == EndedBy.BANK) {
      new OutboxTable(entities, now).told(realmId, consentId);
    }
  }

  int deleteAll(String realmId) {
    return entities
        .createQuery("delete from ConsentEntity c where c.realmId = :realm")
        .setParameter("realm", realmId)
        .executeUpdate();
  }

  /** Deletes at most {@code max} rows that are not needed any more, and returns their number. */
  int prune(int max) {
    List<String> ids =
        entities
            .createQuery(
                "select c.id from ConsentEntity c"
                    + " where c.keepUntil <= :now and c.nextAttempt is null",
                String.class)
            .setParameter("now", now.getAsLong())
            .setMaxResults(max)
            .getResultList();
    return ids.isEmpty()
        ? 0
        : entities
            .createQuery(
                "delete from ConsentEntity c where c.id in (:ids)"
                    + " and c.keepUntil <= :now and c.nextAttempt is null")
            .setParameter("ids", ids)
            .setParameter("now", now.getAsLong())
            .executeUpdate();
  }

  static String key(String realmId, String consentId) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest((realmId + '\n' + consentId).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
