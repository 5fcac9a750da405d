package io.github.fapipack.scheme;

import jakarta.persistence.TypedQuery;
import java.util.List;

/** All organisations of the realm, for the operator. */
final class OrganisationSearch {

  private final Workplace at;

  OrganisationSearch(Workplace at) {
    this.at = at;
  }

  Page<Organisation> list(String text, Standing standing, int first, int max) {
    at.requireOperator();
    String from =
        " from OrganizationEntity k left join SchemeOrganisationEntity o on o.id = k.id"
            + " where k.realmId = :realm"
            + (text == null
                ? ""
                : " and (lower(k.name) like :text escape '!' or lower(o.number) like :text escape"
                    + " '!' or k.id = :id)")
            + (standing == null
                ? ""
                : standing == Standing.PENDING
                    ? " and (o.standing = :standing or o.id is null)"
                    : " and o.standing = :standing");
    List<Organisation> found =
        set(
                at.entities()
                    .createQuery(
                        "select " + Rows.ORGANISATION + from + " order by lower(k.name), k.id",
                        Object[].class),
                text,
                standing)
            .setFirstResult(first)
            .setMaxResults(max)
            .getResultStream()
            .map(Rows::organisation)
            .toList();
    long total =
        set(at.entities().createQuery("select count(k)" + from, Long.class), text, standing)
            .getSingleResult();
    return new Page<>(found, first, total);
  }

  private <T> TypedQuery<T> set(TypedQuery<T> query, String text, Standing standing) {
    query.setParameter("realm", at.realm().getId());
    if (text != null) {
      query
          .setParameter("text", SearchText.like(text))
          .setParameter("id", text.strip().replace("\0", ""));
    }
    if (standing != null) {
      query.setParameter("standing", standing);
    }
    return query;
  }
}
