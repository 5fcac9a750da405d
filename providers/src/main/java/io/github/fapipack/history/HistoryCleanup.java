package io.github.fapipack.history;

import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Deletes the history of a deleted realm, in the same transaction. */
public final class HistoryCleanup implements ProviderEventListener {

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof RealmModel.RealmRemovedEvent removed) {
      HistoryTable.of(removed.getKeycloakSession()).deleteAll(removed.getRealm().getId());
    }
  }
}
