package io.github.fapipack.registration;

import io.github.fapipack.keycloak.Order;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.DefaultClientRegistrationProvider;
import org.keycloak.services.clientregistration.DefaultClientRegistrationProviderFactory;

/**
 * Registration in Keycloak's own format at {@code /clients-registrations/default}, with an error
 * message for a body that Keycloak cannot parse. {@link RestrictRegistration} checks the content.
 */
public final class DefaultRegistration extends DefaultClientRegistrationProviderFactory {

  @Override
  public ClientRegistrationProvider create(KeycloakSession session) {
    return new Endpoint(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  /** Public for RESTEasy. */
  public static final class Endpoint extends DefaultClientRegistrationProvider {

    Endpoint(KeycloakSession session) {
      super(session);
    }

    @Override
    public Response createDefault(ClientRepresentation client) {
      return super.createDefault(present(client));
    }

    @Override
    public Response updateDefault(String clientId, ClientRepresentation client) {
      return super.updateDefault(clientId, present(client));
    }

    private ClientRepresentation present(ClientRepresentation client) {
      if (client == null) {
        throw new ErrorResponseException(
            "invalid_client_metadata", "the body is not a JSON object", Status.BAD_REQUEST);
      }
      RegisteredScopes.withoutOpenId(session.getContext().getRealm(), client);
      return client;
    }
  }
}
