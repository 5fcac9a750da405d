package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.security.RequestObject;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.endpoints.request.RequestUriType;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;

/**
 * The parameter as it was sent, from where it counts: the request object if there is one, or else
 * beside the other parameters (RFC 9396 3). Keycloak's own reading cuts and drops it.
 */
@Clause("RFC9396 3-1")
public final class RequestedDetails {

  private RequestedDetails() {}

  /**
   * Of a request with these parameters.
   *
   * @return its JSON text; empty where nothing is asked for
   * @throws Refusal when it is in the wrong place
   */
  public static Optional<String> among(
      KeycloakSession session, MultivaluedMap<String, String> parameters) throws Refusal {
    return among(parameters, RequestObject.among(session, parameters));
  }

  /** The same where the request object has been read. */
  public static Optional<String> among(
      MultivaluedMap<String, String> parameters, Optional<RequestObject> object) throws Refusal {
    Optional<String> beside = beside(parameters);
    if (object.isEmpty()) {
      return beside;
    }
    requireNone(beside);
    return text(object.get().claims());
  }

  /**
   * Of a request at the authorization endpoint, which Keycloak has read and verified before.
   *
   * @param query what came through the browser
   */
  static Optional<String> atAuthorizationEndpoint(
      KeycloakSession session, MultivaluedMap<String, String> query) throws Refusal {
    String uri = query.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (uri == null) {
      return among(session, query);
    }
    requireNone(beside(query));
    if (AuthorizationEndpointRequestParserProcessor.getRequestUriType(uri) != RequestUriType.PAR) {
      JsonNode fetched =
          session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
      return fetched == null ? Optional.empty() : text(fetched);
    }
    Map<String, String> pushed = AuthzEndpointParParser.getRequestObject(session, uri);
    return pushed == null ? Optional.empty() : among(session, new MultivaluedHashMap<>(pushed));
  }

  private static Optional<String> beside(MultivaluedMap<String, String> parameters) {
    return Optional.ofNullable(parameters.getFirst(AuthorizationDetails.PARAMETER))
        .filter(text -> !text.isBlank());
  }

  private static void requireNone(Optional<String> beside) throws Refusal {
    if (beside.isPresent()) {
      throw misplaced();
    }
  }

  static Refusal misplaced() {
    return InvalidAuthorizationDetails.refusal(
        "the request is made elsewhere, so send authorization_details there and not beside it");
  }

  private static Optional<String> text(JsonNode claims) {
    return Optional.ofNullable(claims.get(AuthorizationDetails.PARAMETER)).map(JsonNode::toString);
  }
}
