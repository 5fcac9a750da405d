package io.github.fapipack.directory;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import java.util.List;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Looks every few seconds, on every node, whether the directory of a realm has to be read and
 * whether clients have to be ended. A lock of the cluster and a row of the database see to it that
 * one node does it, once per interval.
 */
public final class DirectoryWatch implements ScheduledTask {

  private static final Logger LOGGER = Logger.getLogger(DirectoryWatch.class);
  private static final long EVERY_MILLIS = 5_000;

  private final DirectoryGauges gauges = new DirectoryGauges();

  /** Starts the watch. */
  public void begin(KeycloakSession session) {
    session.getProvider(TimerProvider.class).scheduleTask(this, EVERY_MILLIS);
  }

  @Override
  public void run(KeycloakSession session) {
    KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
    for (String realmId : realms(factory)) {
      try {
        DirectoryPoll.ifDue(factory, realmId);
        EndedClients.finish(factory, realmId);
      } catch (RuntimeException e) {
        LOGGER.warnf(e, "The directory of realm %s cannot be followed", realmId);
      }
    }
    gauges.show(factory, realms(factory));
  }

  /** The ids of the realms that name an ecosystem. */
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
                .setParameter("name", EcosystemProfiles.IN_USE)
                .getResultList());
  }

  /** Runs work in a realm, in a transaction of its own; nothing if the realm is gone. */
  static void inRealm(
      KeycloakSessionFactory factory,
      String realmId,
      BiConsumer<KeycloakSession, RealmModel> work) {
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session -> {
          RealmModel realm = session.realms().getRealm(realmId);
          if (realm != null) {
            session.getContext().setRealm(realm);
            work.accept(session, realm);
          }
        });
  }

  @Override
  public String getTaskName() {
    return "fapi-directory-watch";
  }
}
