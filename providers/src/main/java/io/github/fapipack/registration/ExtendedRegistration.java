package io.github.fapipack.registration;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProvider;

/**
 * Keycloak's own registration, for clients with additional metadata: they are part of what is
 * proposed, so that client policies, registration policies and events see them like any other.
 */
final class ExtendedRegistration extends OIDCClientRegistrationProvider {

  private Map<String, String> additional = Map.of();

  ExtendedRegistration(KeycloakSession session) {
    super(session);
  }

  /** Sets what the next registration or update brings along. */
  ExtendedRegistration with(RegistrationRequest request) {
    additional = request.additional();
    return this;
  }

  @Override
  public ClientRepresentation create(ClientRegistrationContext context) {
    extend(context.getClient());
    return super.create(context);
  }

  @Override
  public ClientRepresentation update(String clientId, ClientRegistrationContext context) {
    extend(context.getClient());
    return super.update(clientId, context);
  }

  private void extend(ClientRepresentation proposed) {
    Map<String, String> attributes =
        proposed.getAttributes() == null
            ? new HashMap<>()
            : new HashMap<>(proposed.getAttributes());
    attributes.putAll(additional);
    proposed.setAttributes(attributes);
  }
}
