package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;
import org.keycloak.protocol.oidc.endpoints.request.RequestUriType;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * A parameter of an authorization request as the client sent it, from where it counts: the request
 * object if there is one (RFC 9101 6.3), what was pushed, the query. Keycloak itself forgets
 * parameters that it does not know when they are many or long, and strips characters from them.
 *
 * @param value text for whatever did not come in a request object
 * @param inObject whether it came in a request object
 */
public record SentParameter(JsonNode value, boolean inObject) {

  /**
   * In what a rule is asked about; empty where that is no authorization request.
   *
   * @throws Refusal when a request object cannot be read
   */
  public static Optional<SentParameter> in(Occasion occasion, String name) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      return among(RequestObject.in(occasion), pushed.getRequestParameters(), name);
    }
    if (occasion.context() instanceof BackchannelRequestEvent backchannel) {
      return among(RequestObject.in(occasion), backchannel.form(), name);
    }
    return occasion.context() instanceof AuthorizationRequestContext request
        ? atAuthorizationEndpoint(occasion.session(), request.getRequestParameters(), name)
        : Optional.empty();
  }

  /**
   * The value of a parameter that is text.
   *
   * @throws Refusal when it is anything but a string
   */
  public static Optional<String> text(Occasion occasion, String name) throws Refusal {
    Optional<JsonNode> value = in(occasion, name).map(SentParameter::value);
    if (value.isPresent() && !value.get().isTextual()) {
      throw Refusal.invalidRequest(name + " must be a string");
    }
    return value.map(JsonNode::textValue);
  }

  /** Among these parameters, or in the request object that stands for them. */
  public static Optional<SentParameter> among(
      Optional<RequestObject> object, MultivaluedMap<String, String> parameters, String name) {
    return object.isPresent()
        ? claim(object.get().claims(), name)
        : Optional.ofNullable(parameters.getFirst(name))
            .map(text -> new SentParameter(TextNode.valueOf(text), false));
  }

  /**
   * Of a request at the authorization endpoint, which Keycloak has read and verified before.
   *
   * @param query what came through the browser
   * @throws Refusal when a request object cannot be read
   */
  public static Optional<SentParameter> atAuthorizationEndpoint(
      KeycloakSession session, MultivaluedMap<String, String> query, String name) throws Refusal {
    String uri = query.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (uri == null) {
      return among(RequestObject.among(session, query), query, name);
    }
    if (AuthorizationEndpointRequestParserProcessor.getRequestUriType(uri) != RequestUriType.PAR) {
      // Keycloak has fetched it from there.
      JsonNode fetched =
          session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
      return fetched == null ? Optional.empty() : claim(fetched, name);
    }
    Map<String, String> stored = AuthzEndpointParParser.getRequestObject(session, uri);
    if (stored == null) {
      return Optional.empty();
    }
    MultivaluedMap<String, String> pushed = new MultivaluedHashMap<>(stored);
    return among(RequestObject.among(session, pushed), pushed, name);
  }

  private static Optional<SentParameter> claim(JsonNode claims, String name) {
    return Optional.ofNullable(claims.get(name)).map(value -> new SentParameter(value, true));
  }

  /** The value of a parameter that is JSON: a claim as it stands, or else text that holds it. */
  public String json() {
    return inObject ? value.toString() : value.textValue();
  }
}
