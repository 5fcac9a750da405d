package io.github.fapipack.audit;

import java.util.Collection;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.cache.CacheRealmProvider;

/**
 * Reads the rows of some clients with one query before Keycloak asks for one client after the
 * other. Hibernate then also reads attributes, addresses, mappers and the like of several of them
 * with each query, because it knows for which other clients they will be needed.
 */
public final class ClientsAtOnce {

  private ClientsAtOnce() {}

  /**
   * Reads clients into the session, in whose transaction they are used; those that are not in
   * Keycloak's own tables are left out.
   *
   * @param ids at most some hundred, as each is a parameter of the query
   */
  public static void load(KeycloakSession session, Collection<String> ids) {
    if (!ids.isEmpty()) {
      // It knows the time of its creation, and keeps no client that changes after it; so these rows
      // must not be older.
      session.getProvider(CacheRealmProvider.class);
      session
          .getProvider(JpaConnectionProvider.class)
          .getEntityManager()
          .createQuery("select c from ClientEntity c where c.id in (:ids)")
          .setParameter("ids", ids)
          .getResultList();
    }
  }
}
