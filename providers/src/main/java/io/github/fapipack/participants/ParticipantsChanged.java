package io.github.fapipack.participants;

import java.util.List;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderEvent;

/**
 * States of software have changed, and that is committed.
 *
 * @param realmId the realm
 */
public record ParticipantsChanged(
    KeycloakSessionFactory factory, String realmId, List<StateChange> changes)
    implements ProviderEvent {

  public ParticipantsChanged {
    changes = List.copyOf(changes);
  }
}
