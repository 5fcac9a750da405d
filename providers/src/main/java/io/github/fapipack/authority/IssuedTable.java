package io.github.fapipack.authority;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The list of a realm's certificates in the database. Rows are added and revoked, and never deleted
 * unless the realm is.
 */
final class IssuedTable {

  private static final String OWN = "from IssuedEntity c where c.realmId = :realm";

  private final EntityManager entities;
  private final String realmId;

  IssuedTable(EntityManager entities, String realmId) {
    this.entities = entities;
    this.realmId = realmId;
  }

  void add(String issuerId, Issued issued) {
    IssuedEntity row = new IssuedEntity(realmId, issuerId, issued);
    entities.persist(row);
    entities.flush();
    entities.detach(row);
  }

  Optional<IssuedEntity> row(String serial) {
    List<IssuedEntity> found =
        entities
            .createQuery("select c " + OWN + " and c.serial = :serial", IssuedEntity.class)
            .setParameter("realm", realmId)
            .setParameter("serial", serial)
            .getResultList();
    found.forEach(entities::detach);
    return found.stream().findFirst();
  }

  List<Issued> search(Search search, int first, int max) {
    List<IssuedEntity> found =
        select("select c ", IssuedEntity.class, search, " order by c.issuedAt desc, c.id")
            .setFirstResult(Math.max(0, first))
            .setMaxResults(Math.max(0, max))
            .getResultList();
    found.forEach(entities::detach);
    return found.stream().map(IssuedEntity::read).toList();
  }

  long count(Search search) {
    return select("select count(c) ", Long.class, search, "").getSingleResult();
  }

  private <T> TypedQuery<T> select(String what, Class<T> type, Search search, String order) {
    StringBuilder query = new StringBuilder(what).append(OWN);
    Map<String, Object> values = new TreeMap<>();
    restrict(query, values, "organisationId", search.organisationId());
    restrict(query, values, "softwareId", search.softwareId());
    restrict(query, values, "use", search.use());
    if (search.revoked() != null) {
      query.append(" and c.revokedAt is ").append(search.revoked() ? "not null" : "null");
    }
    if (search.text() != null && !search.text().isBlank()) {
      query.append(
          " and (c.serial like :text escape '!' or lower(c.subject) like :text escape '!'"
              + " or lower(c.requestedBy) like :text escape '!')");
      values.put("text", "%" + escaped(search.text()) + "%");
    }
    TypedQuery<T> made = entities.createQuery(query.append(order).toString(), type);
    made.setParameter("realm", realmId);
    values.forEach(made::setParameter);
    return made;
  }

  private static void restrict(
      StringBuilder query, Map<String, Object> values, String field, Object value) {
    if (value != null) {
      query.append(" and c.").append(field).append(" = :").append(field);
      values.put(field, value);
    }
  }

  private static String escaped(String text) {
    // PostgreSQL refuses U+0000 in queries.
    return text.strip().replace("\0", "").toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0");
  }

  /** Of a software, how many have been issued since a time, and how many are valid. */
  long issuedSince(String softwareId, long since) {
    return number("c.softwareId = :owner and c.issuedAt >= :time", softwareId, since);
  }

  long valid(String softwareId, long now) {
    return number(
        "c.softwareId = :owner and c.revokedAt is null and c.notAfter > :time", softwareId, now);
  }

  private long number(String which, String owner, long time) {
    return entities
        .createQuery("select count(c) " + OWN + " and " + which, Long.class)
        .setParameter("realm", realmId)
        .setParameter("owner", owner)
        .setParameter("time", time)
        .getSingleResult();
  }

  /** Whether another organisation has a certificate for the key, or the key was compromised. */
  boolean isRefused(String keyThumbprint, String organisationId) {
    return !entities
        .createQuery(
            "select c.id "
                + OWN
                + " and c.keyThumbprint = :key"
                + " and (c.organisationId <> :organisation or c.reason = :compromised)",
            String.class)
        .setParameter("realm", realmId)
        .setParameter("key", keyThumbprint)
        .setParameter("organisation", organisationId)
        .setParameter("compromised", Reason.KEY_COMPROMISE)
        .setMaxResults(1)
        .getResultList()
        .isEmpty();
  }

  /** Revokes one that is not revoked yet. */
  boolean revoke(String serial, Reason reason, String by, long now) {
    return revoked("c.serial = :serial", Map.of("serial", serial), reason, by, now) > 0;
  }

  /** Revokes those that are still valid; null for all software of an organisation. */
  int revokeAll(String organisationId, String softwareId, Reason reason, String by, long now) {
    Map<String, Object> values = new TreeMap<>(Map.of("owner", organisationId, "valid", now));
    String which = "c.organisationId = :owner and c.notAfter > :valid";
    if (softwareId != null) {
      which += " and c.softwareId = :software";
      values.put("software", softwareId);
    }
    return revoked(which, values, reason, by, now);
  }

  private int revoked(
      String which, Map<String, Object> values, Reason reason, String by, long now) {
    Query update =
        entities.createQuery(
            "update IssuedEntity c set c.revokedAt = :now, c.reason = :reason, c.revokedBy = :by"
                + " where c.realmId = :realm and c.revokedAt is null and "
                + which);
    values.forEach(update::setParameter);
    return update
        .setParameter("realm", realmId)
        .setParameter("now", now)
        .setParameter("reason", reason)
        .setParameter("by", by)
        .executeUpdate();
  }

  /** How many certificates of an issuing key are revoked, expired or not. */
  long revocations(String issuerId) {
    return entities
        .createQuery(
            "select count(c) " + OWN + " and c.issuerId = :issuer and c.revokedAt is not null",
            Long.class)
        .setParameter("realm", realmId)
        .setParameter("issuer", issuerId)
        .getSingleResult();
  }

  /** An entry of a revocation list; the time is in milliseconds since 1970. */
  record Revocation(String serial, long at, Reason reason) {}

  /** Those of an issuing key, expired or not: the list tells of what was signed long ago, too. */
  List<Revocation> revoked(String issuerId) {
    return entities
        .createQuery(
            "select c.serial, c.revokedAt, c.reason "
                + OWN
                + " and c.issuerId = :issuer and c.revokedAt is not null"
                + " order by c.revokedAt, c.serial",
            Object[].class)
        .setParameter("realm", realmId)
        .setParameter("issuer", issuerId)
        .getResultStream()
        .map(row -> new Revocation((String) row[0], (Long) row[1], (Reason) row[2]))
        .toList();
  }

  /** The row of an issuing key, locked until the end of the transaction; it must be there. */
  IssuerEntity lock(String issuerId) {
    IssuerEntity row =
        entities.find(
            IssuerEntity.class,
            IssuerEntity.idOf(realmId, issuerId),
            LockModeType.PESSIMISTIC_WRITE);
    entities.refresh(row);
    return row;
  }

  boolean hasIssuer(String issuerId) {
    return entities.find(IssuerEntity.class, IssuerEntity.idOf(realmId, issuerId)) != null;
  }

  void addIssuer(String issuerId) {
    entities.persist(new IssuerEntity(realmId, issuerId));
    entities.flush();
  }

  /** Deletes everything of the realm. */
  void deleteAll() {
    for (String entity : List.of("IssuedEntity", "IssuerEntity")) {
      entities
          .createQuery("delete from " + entity + " e where e.realmId = :realm")
          .setParameter("realm", realmId)
          .executeUpdate();
    }
  }
}
