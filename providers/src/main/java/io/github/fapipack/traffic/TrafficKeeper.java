package io.github.fapipack.traffic;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Stores the traffic of clients once a minute, on every node, and deletes that of deleted clients
 * and realms.
 */
public final class TrafficKeeper implements ProviderEventListener {

  private static final long EVERY_MILLIS = 60_000;

  private final KeycloakSessionFactory factory;

  public TrafficKeeper(KeycloakSessionFactory factory) {
    this.factory = factory;
  }

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent) {
      KeycloakModelUtils.runJobInTransaction(factory, TrafficKeeper::schedule);
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      ClientModel client = removed.getClient();
      Traffic.forget(removed.getKeycloakSession(), client.getRealm().getId(), client.getId());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      Traffic.forget(removed.getKeycloakSession(), removed.getRealm().getId(), null);
    }
  }

  /** Called when the server stops: stores the remaining counts. */
  public void stop() {
    Traffic.keep(factory);
  }

  private static void schedule(KeycloakSession session) {
    session.getProvider(TimerProvider.class).scheduleTask(new Keep(), EVERY_MILLIS);
  }

  private static final class Keep implements ScheduledTask {

    @Override
    public void run(KeycloakSession session) {
      Traffic.keep(session.getKeycloakSessionFactory());
    }

    @Override
    public String getTaskName() {
      return "fapi-client-traffic";
    }
  }
}
