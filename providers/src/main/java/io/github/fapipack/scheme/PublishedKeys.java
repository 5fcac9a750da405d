package io.github.fapipack.scheme;

import jakarta.persistence.EntityManager;
import java.util.List;

/** Reads the published keys of an owner. */
public final class PublishedKeys {

  private PublishedKeys() {}

  /** Those of a software or, without one, of the organisation itself, latest first. */
  public static List<PublishedKey> of(
      EntityManager entities, String realmId, String organisationId, String softwareId) {
    return rows(entities, realmId, organisationId, softwareId).stream().map(Rows::key).toList();
  }

  static List<SchemeKeyEntity> rows(
      EntityManager entities, String realmId, String organisationId, String softwareId) {
    var query =
        entities
            .createQuery(
                "select k from SchemeKeyEntity k where k.realmId = :realm"
                    + " and k.organisationId = :organisation and k.softwareId"
                    + (softwareId == null ? " is null" : " = :software")
                    + " order by k.addedAt desc, k.id",
                SchemeKeyEntity.class)
            .setParameter("realm", realmId)
            .setParameter("organisation", organisationId);
    if (softwareId != null) {
      query.setParameter("software", softwareId);
    }
    return query.getResultList();
  }
}
