package io.github.fapipack.grantmanagement;

import io.github.fapipack.grantmanagement.Grants.Consented;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The grants in the database, within the transaction of an entity manager. A change locks the
 * grant's row and reads it again: of two concurrent changes, one waits for the commit of the other
 * and is applied to the result. Nothing is cached in the entity manager, so that every read returns
 * the latest state.
 */
final class GrantTable {

  private static final String LIVING = "(g.expiresAt is null or g.expiresAt > :now)";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final EntityManager entities;
  private final GrantLimits limits;
  private final LongSupplier now;

  /**
   * @param now the time in seconds since the epoch
   */
  GrantTable(EntityManager entities, GrantLimits limits, LongSupplier now) {
    this.entities = entities;
    this.limits = limits;
    this.now = now;
  }

  /**
   * Stores a new grant. Two concurrent calls can exceed the limit on their number by one. Grants
   * for consents of the bank do not count: the bank decides how many there are.
   */
  Grant create(String id, String realmId, String clientId, String userId, Consented consented) {
    if (consented.consentId() == null
        && count(realmId, clientId, userId) >= limits.maxPerUserAndClient()) {
      throw GrantLimitExceeded.count(limits.maxPerUserAndClient());
    }
    long time = now.getAsLong();
    Grant grant =
        new Grant(
            id,
            realmId,
            clientId,
            userId,
            consented.scopes(),
            consented.claims(),
            GrantText.normal(consented.authorizationDetails()),
            time,
            time,
            consented.expiresAt(),
            0,
            0,
            consented.consentId(),
            consented.managed());
    requireSize(grant);
    GrantEntity row = GrantEntity.of(grant);
    entities.persist(row);
    entities.flush();
    entities.detach(row);
    return grant;
  }

  boolean any(String realmId) {
    TypedQuery<String> query =
        entities.createQuery(
            "select g.id from GrantEntity g where " + owned(null, null) + " and " + LIVING,
            String.class);
    own(query, realmId, null, null);
    return !query.setParameter("now", now.getAsLong()).setMaxResults(1).getResultList().isEmpty();
  }

  Optional<Grant> find(String realmId, String id) {
    return row(realmId, id, LockModeType.NONE).map(this::detached);
  }

  /** At most one, because {@link JpaGrants} creates no second one. */
  Optional<Grant> findOfConsent(String realmId, String consentId) {
    return entities
        .createQuery(
            "select g from GrantEntity g where g.realmId = :realm and g.consentId = :consent and "
                + LIVING,
            GrantEntity.class)
        .setParameter("realm", realmId)
        .setParameter("consent", consentId)
        .setParameter("now", now.getAsLong())
        .getResultStream()
        .map(this::detached)
        .filter(grant -> grant.consentId().equals(consentId)) // some databases ignore case
        .findFirst();
  }

  /** Locks the row until the transaction ends. */
  Optional<Grant> hold(String realmId, String id) {
    return row(realmId, id, LockModeType.PESSIMISTIC_WRITE).map(this::detached);
  }

  Optional<Grant> change(String realmId, String id, GrantChange change, Consented consented) {
    return row(realmId, id, LockModeType.PESSIMISTIC_WRITE)
        .map(
            row -> {
              Grant changed = change.apply(row.read(), consented, now.getAsLong());
              requireSize(changed);
              row.write(changed);
              entities.flush();
              return detached(row);
            });
  }

  boolean delete(String realmId, String id) {
    return isId(id)
        && entities
                .createQuery(
                    "delete from GrantEntity g where g.id = :id and g.realmId = :realm and "
                        + LIVING)
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .setParameter("now", now.getAsLong())
                .executeUpdate()
            > 0;
  }

  /**
   * Active grants, latest first.
   *
   * @param clientId null for those of every client
   * @param userId null for those of every user
   * @param first negative for 0, as in Keycloak's admin API
   * @param max negative for all
   */
  List<Grant> list(String realmId, String clientId, String userId, int first, int max) {
    TypedQuery<GrantEntity> query =
        entities.createQuery(
            "select g from GrantEntity g where "
                + owned(clientId, userId)
                + " and "
                + LIVING
                + " order by g.createdAt desc, g.id",
            GrantEntity.class);
    own(query, realmId, clientId, userId);
    query.setParameter("now", now.getAsLong()).setFirstResult(Math.max(0, first));
    if (max >= 0) {
      query.setMaxResults(max);
    }
    return query.getResultList().stream().map(this::detached).toList();
  }

  /** The number of active grants that stand for no consent of the bank. */
  long count(String realmId, String clientId, String userId) {
    TypedQuery<Long> query =
        entities.createQuery(
            "select count(g) from GrantEntity g where "
                + owned(clientId, userId)
                + " and g.consentId is null and "
                + LIVING,
            Long.class);
    own(query, realmId, clientId, userId);
    return query.setParameter("now", now.getAsLong()).getSingleResult();
  }

  /** Deletes grants, active or not, and returns their number; null means all clients or users. */
  int deleteAll(String realmId, String clientId, String userId) {
    var delete = entities.createQuery("delete from GrantEntity g where " + owned(clientId, userId));
    own(delete, realmId, clientId, userId);
    return delete.executeUpdate();
  }

  /** The consents for which active grants stand; null means all clients or users. */
  List<String> consents(String realmId, String clientId, String userId) {
    TypedQuery<String> query =
        entities.createQuery(
            "select g.consentId from GrantEntity g where "
                + owned(clientId, userId)
                + " and g.consentId is not null and "
                + LIVING,
            String.class);
    own(query, realmId, clientId, userId);
    return query.setParameter("now", now.getAsLong()).getResultList();
  }

  /** Deletes at most {@code max} expired grants, and returns their number. */
  int deleteExpired(int max) {
    List<String> ids =
        entities
            .createQuery("select g.id from GrantEntity g where g.expiresAt <= :now", String.class)
            .setParameter("now", now.getAsLong())
            .setMaxResults(max)
            .getResultList();
    return ids.isEmpty()
        ? 0
        : entities
            .createQuery("delete from GrantEntity g where g.id in (:ids) and g.expiresAt <= :now")
            .setParameter("ids", ids)
            .setParameter("now", now.getAsLong())
            .executeUpdate();
  }

  /** Other texts cannot be ids, and some of them are rejected by databases. */
  private static boolean isId(String id) {
    return id != null && ID.matcher(id).matches();
  }

  private Optional<GrantEntity> row(String realmId, String id, LockModeType lock) {
    if (!isId(id)) {
      return Optional.empty();
    }
    return entities
        .createQuery(
            "select g from GrantEntity g where g.id = :id and g.realmId = :realm and " + LIVING,
            GrantEntity.class)
        .setParameter("id", id)
        .setParameter("realm", realmId)
        .setParameter("now", now.getAsLong())
        .setLockMode(lock)
        .getResultStream()
        .findFirst();
  }

  private Grant detached(GrantEntity row) {
    entities.detach(row);
    return row.read();
  }

  private void requireSize(Grant grant) {
    int size = GrantText.of(grant).size();
    if (size > limits.maxBytes()) {
      throw GrantLimitExceeded.size(size, limits.maxBytes());
    }
  }

  private static String owned(String clientId, String userId) {
    return "g.realmId = :realm"
        + (clientId == null ? "" : " and g.clientId = :client")
        + (userId == null ? "" : " and g.userId = :user");
  }

  private static void own(
      jakarta.persistence.Query query, String realmId, String clientId, String userId) {
    query.setParameter("realm", realmId);
    if (clientId != null) {
      query.setParameter("client", clientId);
    }
    if (userId != null) {
      query.setParameter("user", userId);
    }
  }
}
