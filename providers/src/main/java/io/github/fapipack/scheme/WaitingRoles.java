package io.github.fapipack.scheme;

import jakarta.persistence.TypedQuery;
import java.util.List;

/** Organisations that are decided about, but not all of their roles. */
final class WaitingRoles {

  private static final String FROM =
      " from OrganizationEntity k join SchemeOrganisationEntity o on o.id = k.id"
          + " where k.realmId = :realm and o.standing in (:decided) and o.roles like :role";

  private final Workplace at;

  WaitingRoles(Workplace at) {
    this.at = at;
  }

  /** Longest waiting first. */
  Page<Organisation> list(int first, int max) {
    at.requireOperator();
    List<Organisation> found =
        query("select " + Rows.ORGANISATION + FROM + " order by o.since, k.id", Object[].class)
            .setFirstResult(first)
            .setMaxResults(max)
            .getResultStream()
            .map(Rows::organisation)
            .toList();
    return new Page<>(found, first, query("select count(k)" + FROM, Long.class).getSingleResult());
  }

  /** The roles are stored as JSON, in which nothing else looks like this. */
  private <T> TypedQuery<T> query(String query, Class<T> type) {
    return at.entities()
        .createQuery(query, type)
        .setParameter("realm", at.realm().getId())
        .setParameter("decided", List.of(Standing.ACTIVE, Standing.SUSPENDED))
        .setParameter("role", "%:\"" + Standing.PENDING.jsonName() + "\"%");
  }
}
