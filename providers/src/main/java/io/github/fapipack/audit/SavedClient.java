package io.github.fapipack.audit;

import io.github.fapipack.rule.WholeClient;
import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;

/** A client as if it were saved now, unchanged. */
record SavedClient(ClientRepresentation representation, ClientModel stored) implements WholeClient {

  @Override
  public ClientPolicyEvent getEvent() {
    return ClientPolicyEvent.UPDATE;
  }

  @Override
  public ClientRepresentation getProposedClientRepresentation() {
    return representation;
  }

  @Override
  public ClientModel getTargetClient() {
    return stored;
  }
}
