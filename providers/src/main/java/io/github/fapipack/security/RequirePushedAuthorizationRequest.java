package io.github.fapipack.security;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
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

  /** A client note outlives a restart of the login, unlike Keycloak's own note. */
  private static final String NOTE = "fapi.request_uri";

  private static final String SPENT = "fapi-spent:";

  /** Seconds; a login that began with a request may end long after the request has expired. */
  private static final int LONGEST_LIFETIME = 24 * 3600;

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
    } else if (occasion.context() instanceof AuthorizationRequestContext request) {
      request
          .getAuthenticationSession()
          .setClientNote(
              NOTE, request.getRequestParameters().getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM));
    } else if (occasion.context() instanceof AuthorizationResponseEvent response) {
      spend(occasion.session(), response.authentication().getClientNote(NOTE));
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
    if (FRONT_CHANNEL.stream().anyMatch(name -> isRepeated(parameters, name))) {
      throw Refusal.invalidRequest("client_id or request_uri is repeated; send each once");
    }
    String requestUri = parameters.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (requestUri == null || !requestUri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      throw Refusal.invalidRequest(
          "push the request to the pushed authorization endpoint first and send only client_id"
              + " and the request_uri that it returns");
    }
    Map<String, String> stored =
        AuthzEndpointParParser.getRequestObject(occasion.session(), requestUri);
    if (stored == null
        || occasion.session().singleUseObjects().contains(SPENT + requestUri)
        || !String.valueOf(request.getClientId())
            .equals(stored.get(OIDCLoginProtocol.CLIENT_ID_PARAM))) {
      throw unusable();
    }
    if (!FRONT_CHANNEL.containsAll(parameters.keySet()) && occasion.isEnforced()) {
      throw new RedirectionException(withoutExtras(occasion, request.getClientId(), requestUri));
    }
  }

  private static boolean isRepeated(MultivaluedMap<String, String> parameters, String name) {
    return parameters.containsKey(name) && parameters.get(name).size() > 1;
  }

  /** The first response spends the request for good, also when several were under way at once. */
  private static void spend(KeycloakSession session, String requestUri) throws Refusal {
    if (requestUri == null) {
      // Keycloak also begins logins by itself, for a link that resets a password, and would end
      // them with a code for whichever client the link names.
      throw Refusal.invalidRequest(
          "this login did not begin with a pushed authorization request; go back to the"
              + " application and start there");
    }
    AuthzEndpointParParser.removeRequestObject(session, requestUri);
    if (!session.singleUseObjects().putIfAbsent(SPENT + requestUri, LONGEST_LIFETIME)) {
      throw unusable();
    }
  }

  private static Refusal unusable() {
    return Refusal.invalidRequest(
        "request_uri is unknown, expired, already used or not this client's; push the request"
            + " again");
  }

  /**
   * Keycloak reads the query in many places (language, identity provider, prompt), so the browser
   * comes again without what FAPI ignores.
   */
  private static Response withoutExtras(Occasion occasion, String clientId, String requestUri) {
    URI clean =
        UriBuilder.fromUri(occasion.session().getContext().getUri().getRequestUri())
            .replaceQuery(null)
            .queryParam(OIDCLoginProtocol.CLIENT_ID_PARAM, "{client}")
            .queryParam(OIDCLoginProtocol.REQUEST_URI_PARAM, "{request}")
            .build(clientId, requestUri);
    // Without an entity Keycloak would show its error page instead.
    return Response.seeOther(clean).entity("").type(MediaType.TEXT_PLAIN_TYPE).build();
  }
}
