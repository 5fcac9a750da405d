package io.github.fapipack.authority;

import jakarta.persistence.EntityManager;
import java.util.List;

/** Which certificates of a realm expire, and who has been told. */
final class NoticeTable {

  private final EntityManager entities;
  private final String realmId;

  NoticeTable(EntityManager entities, String realmId) {
    this.entities = entities;
    this.realmId = realmId;
  }

  /**
   * Marks certificates that expire within some days as told of, unless they were at so few days or
   * fewer, and unless the software has got a newer one meanwhile that lasts longer.
   *
   * @param now in milliseconds since 1970
   * @param replaced until when a newer certificate has to last
   * @return at most so many, those that expire first in front
   */
  List<IssuedEntity> claim(int days, long now, long replaced, int max) {
    List<IssuedEntity> due =
        entities
            .createQuery(
                "select c from IssuedEntity c where c.realmId = :realm and c.revokedAt is null"
                    + " and c.notAfter > :now and c.notAfter <= :until"
                    + " and (c.noticedDays is null or c.noticedDays > :days)"
                    + " and not exists (select d.id from IssuedEntity d"
                    + " where d.realmId = c.realmId and d.softwareId = c.softwareId"
                    + " and d.use = c.use and d.revokedAt is null and d.notAfter > :replaced)"
                    + " order by c.notAfter, c.id",
                IssuedEntity.class)
            .setParameter("realm", realmId)
            .setParameter("now", now)
            .setParameter("until", now + days * ExpiryNotices.DAY)
            .setParameter("days", days)
            .setParameter("replaced", replaced)
            .setMaxResults(max)
            .getResultList();
    if (!due.isEmpty()) {
      due.forEach(entities::detach);
      entities
          .createQuery("update IssuedEntity c set c.noticedDays = :days where c.id in (:ids)")
          .setParameter("days", days)
          .setParameter("ids", due.stream().map(row -> row.id).toList())
          .executeUpdate();
    }
    return due;
  }
}
