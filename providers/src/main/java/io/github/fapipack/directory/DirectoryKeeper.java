package io.github.fapipack.directory;

import io.github.fapipack.participants.ParticipantsChanged;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Starts the watch, and ends clients and writes events at once when states change. */
public final class DirectoryKeeper implements ProviderEventListener {

  private static final Logger LOGGER = Logger.getLogger(DirectoryKeeper.class);

  private final DirectoryWatch watch = new DirectoryWatch();
  private final KeycloakSessionFactory factory;

  public DirectoryKeeper(KeycloakSessionFactory factory) {
    this.factory = factory;
  }

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent) {
      KeycloakModelUtils.runJobInTransaction(factory, watch::begin);
    } else if (event instanceof ParticipantsChanged changed) {
      try {
        ParticipantEvents.changed(factory, changed.realmId(), changed.changes());
        EndedClients.finish(factory, changed.realmId());
      } catch (RuntimeException e) {
        LOGGER.warn("What follows from a change of participants is done later", e);
      }
    }
  }
}
