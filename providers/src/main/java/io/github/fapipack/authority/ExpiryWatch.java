package io.github.fapipack.authority;

import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Looks every few seconds, on every node, whether certificates of a directory expire. A lock of the
 * cluster and the marks in the list see to it that one node tells of each.
 */
final class ExpiryWatch implements ScheduledTask {

  private static final Logger LOGGER = Logger.getLogger(ExpiryWatch.class);

  private static final long EVERY_MILLIS = 15_000;

  /** In seconds: how long sending may take before another node goes on. */
  private static final int LONGEST = 600;

  void begin(KeycloakSession session) {
    session.getProvider(TimerProvider.class).scheduleTask(this, EVERY_MILLIS);
  }

  @Override
  public void run(KeycloakSession session) {
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    for (String realmId : realms(factory)) {
      try {
        alone(factory, realmId);
      } catch (RuntimeException e) {
        LOGGER.warnf(e, "The certificates of realm %s cannot be watched", realmId);
      }
    }
  }

  private static void alone(KeycloakSessionFactory factory, String realmId) {
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session ->
            session
                .getProvider(ClusterProvider.class)
                .executeIfNotExecuted(
                    "fapi-expiry-notices::" + realmId,
                    LONGEST,
                    () -> {
                      new ExpiryNotices(factory, realmId).send();
                      return null;
                    }));
  }

  /** The ids of the realms that are directories. */
  private static List<String> realms(KeycloakSessionFactory factory) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory,
        reading ->
            reading
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                    "select a.realm.id from RealmAttributeEntity a"
                        + " where a.name = :name and a.value <> ''",
                    String.class)
                .setParameter("name", Authority.IN_USE)
                .getResultList());
  }

  @Override
  public String getTaskName() {
    return "fapi-expiry-watch";
  }
}
