package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Finds grants of users that Keycloak deletes in bulk and without an event: those imported from a
 * user federation that is removed. A database query selects candidates and Keycloak confirms each,
 * because its users need not be in its own tables.
 */
final class OrphanedGrants {

  /** Enough to catch up over time, and few enough to check one by one. */
  private static final int MOST = 1000;

  private OrphanedGrants() {}

  /** Deletes at most a thousand, and returns their number. */
  static int delete(KeycloakSession session) {
    List<Grant> orphans =
        suspects(session).stream()
            .map(GrantEntity::read)
            .filter(grant -> !OwnerCheck.hasOwners(session, grant))
            .toList();
    orphans.forEach(
        grant -> new GrantEnding(session, grant.realmId(), EndedBy.ADMINISTRATOR).one(grant.id()));
    return orphans.size();
  }

  private static List<GrantEntity> suspects(KeycloakSession session) {
    EntityManager entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    return entities
        .createQuery(
            "select g from GrantEntity g"
                + " where not exists (select 1 from UserEntity u where u.id = g.userId)"
                + " and not exists (select 1 from ComponentEntity c"
                + " where g.userId like concat('f:', c.id, ':%'))",
            GrantEntity.class)
        .setMaxResults(MOST)
        .getResultList();
  }
}
