package io.github.fapipack.registration;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.AdapterInstallationClientRegistrationProvider;
import org.keycloak.services.clientregistration.AdapterInstallationClientRegistrationProviderFactory;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.util.TokenUtil;

/**
 * Configuration for Keycloak's adapters at {@code /clients-registrations/install}. It contains the
 * client's secret, but Keycloak gives it also to administrators who may only view clients, and for
 * public clients to anybody. If the rules are enforced, it requires the client's registration
 * access token or {@code manage-clients}.
 */
public final class Installation extends AdapterInstallationClientRegistrationProviderFactory {

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
  public static final class Endpoint extends AdapterInstallationClientRegistrationProvider {

    private final KeycloakSession session;

    Endpoint(KeycloakSession session) {
      super(session);
      this.session = session;
    }

    @Override
    public Response get(String clientId) {
      ClientModel client = session.getContext().getRealm().getClientByClientId(clientId);
      if (!RealmRules.of(session).enforceStanding(RestrictRegistration.class, client)) {
        return super.get(clientId);
      }
      getAuth().resolveRegistrationAuth(); // parses the token
      JsonWebToken token = getAuth().getJwt();
      boolean own = getAuth().isRegistrationAccessToken();
      if (!own && (token == null || !TokenUtil.TOKEN_TYPE_BEARER.equals(token.getType()))) {
        throw refused(Errors.INVALID_TOKEN, Status.UNAUTHORIZED);
      }
      Response answer = super.get(clientId); // which determines the token's actual roles
      if (!own && !Registrar.isAdministrator(session, token)) {
        throw refused("insufficient_scope", Status.FORBIDDEN);
      }
      return answer;
    }

    private ErrorResponseException refused(String error, Status status) {
      String reason =
          "send the client's registration access token, or a token with manage-clients, as a bearer"
              + " token";
      getEvent().event(EventType.CLIENT_INFO).detail(Details.REASON, reason).error(error);
      return new ErrorResponseException(error, reason, status);
    }
  }
}
