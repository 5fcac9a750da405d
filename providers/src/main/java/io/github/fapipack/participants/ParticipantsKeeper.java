package io.github.fapipack.participants;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Keeps the tables of participants in step with clients and realms that are deleted. */
public final class ParticipantsKeeper implements ProviderEventListener {

  private final KeycloakSessionFactory factory;

  public ParticipantsKeeper(KeycloakSessionFactory factory) {
    this.factory = factory;
  }

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent) {
      KeycloakModelUtils.runJobInTransaction(factory, InactiveClients::listen);
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      ClientModel client = removed.getClient();
      Participants.table(removed.getKeycloakSession(), client.getRealm().getId())
          .clientRemoved(client.getId());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      String realmId = removed.getRealm().getId();
      Participants.table(removed.getKeycloakSession(), realmId).deleteAll();
      InactiveClients.forget(realmId);
    }
  }
}
