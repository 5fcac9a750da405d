package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * Authorization requests come through the pushed authorization endpoint, and nothing but {@code
 * client_id} and {@code request_uri} is taken from the front channel. A {@code request_uri} belongs
 * to the client that pushed it and is spent with the authorization response.
 */
@Clause({"FAPI2-SP 5.3.2.2-3", "FAPI2-SP 5.3.2.2-2", "RFC9126 2.2-3", "RFC9126 4-2"})
public final class RequirePushedAuthorizationRequest extends Rule<NoSettings> {

  private static final Set<String> FRONT_CHANNEL =
      Set.of(OIDCLoginProtocol.CLIENT_ID_PARAM, OIDCLoginProtocol.REQUEST_URI_PARAM);

  public RequirePushedAuthorizationRequest() {
    super(
        NoSettings.class,
        "Accepts authorization requests only through the pushed authorization endpoint.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      checkOwner(pushed);
    } else if (occasion.context() instanceof PreAuthorizationRequestContext request) {
      checkFrontChannel(occasion, request);
    }
  }

  /** What is stored must name its client, so that nobody else can use it. */
  private static void checkOwner(PushedAuthorizationRequestContext pushed) throws Refusal {
    AuthorizationEndpointRequest request = pushed.getRequest();
    String clientId = pushed.getClient().getClientId();
    MultivaluedMap<String, String> form = pushed.getRequestParameters();
    String named = form.getFirst(OIDCLoginProtocol.CLIENT_ID_PARAM);
    if ((named != null && !named.equals(clientId))
        || (request.getClientId() != null && !request.getClientId().equals(clientId))) {
      throw Refusal.invalidRequest("client_id is not that of the authenticated client");
    }
    form.putSingle(OIDCLoginProtocol.CLIENT_ID_PARAM, clientId);
  }

  private static void checkFrontChannel(Occasion occasion, PreAuthorizationRequestContext request)
      throws Refusal {
    MultivaluedMap<String, String> parameters = request.getRequestParameters();
    String requestUri = parameters.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (requestUri == null || !requestUri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      throw Refusal.invalidRequest(
          "push the request to the pushed authorization endpoint first and send only client_id"
              + " and the request_uri that it returns");
    }
    Map<String, String> stored =
        AuthzEndpointParParser.getRequestObject(occasion.session(), requestUri);
    if (stored == null
        || !String.valueOf(request.getClientId())
            .equals(stored.get(OIDCLoginProtocol.CLIENT_ID_PARAM))) {
      throw Refusal.invalidRequest(
          "request_uri is unknown, expired, already used or not this client's; push the request"
              + " again");
    }
    parameters.keySet().retainAll(FRONT_CHANNEL);
  }
}
