package io.github.fapipack.registration;

import io.github.fapipack.keycloak.Order;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.saml.clientregistration.EntityDescriptorClientRegistrationProvider;
import org.keycloak.protocol.saml.clientregistration.EntityDescriptorClientRegistrationProviderFactory;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;

/**
 * Registration by a SAML entity descriptor at {@code
 * /clients-registrations/saml2-entity-descriptor}: a body that cannot be parsed is answered as the
 * sender's error. {@link RestrictRegistration} allows other protocols than OpenID Connect only for
 * administrators.
 */
public final class SamlRegistration extends EntityDescriptorClientRegistrationProviderFactory {

  private static final Logger LOGGER = Logger.getLogger(SamlRegistration.class);
  private static final int LONGEST_BODY = 250_000;

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
  public static final class Endpoint extends EntityDescriptorClientRegistrationProvider {

    Endpoint(KeycloakSession session) {
      super(session);
    }

    @Override
    public Response createSaml(String descriptor) {
      if (descriptor == null || descriptor.isBlank() || descriptor.length() > LONGEST_BODY) {
        throw unreadable();
      }
      try {
        return super.createSaml(descriptor);
      } catch (WebApplicationException e) {
        throw e;
      } catch (RuntimeException e) {
        LOGGER.debug("An entity descriptor cannot be read", e);
        throw unreadable();
      }
    }

    private static ErrorResponseException unreadable() {
      return new ErrorResponseException(
          "invalid_client_metadata",
          "the body is not a SAML entity descriptor of one service provider",
          Status.BAD_REQUEST);
    }
  }
}
