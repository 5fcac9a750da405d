package io.github.fapipack.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import org.keycloak.util.JsonSerialization;

/**
 * A parameter of an authorization request as the client sent it, from the authoritative source: the
 * request object if there is one (RFC 9101 6.3), else the pushed request or the query. Keycloak
 * itself drops unknown parameters if they are many or long, and removes characters from them.
 *
 * @param value a text node unless the parameter came in a request object
 * @param inObject whether it came in a request object
 */
public record SentParameter(JsonNode value, boolean inObject) {

  /**
   * The parameter of the request on an occasion; empty if the occasion is not an authorization
   * request.
   *
   * @throws Refusal if a request object cannot be read
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
   * @throws Refusal if the value is not a string
   */
  public static Optional<String> text(Occasion occasion, String name) throws Refusal {
    Optional<JsonNode> value = in(occasion, name).map(SentParameter::value);
    if (value.isPresent() && !value.get().isTextual()) {
      throw Refusal.invalidRequest(name + " must be a string");
    }
    return value.map(JsonNode::textValue);
  }

  /** The parameter among these, or in the request object among them. */
  public static Optional<SentParameter> among(
      Optional<RequestObject> object, MultivaluedMap<String, String> parameters, String name) {
    return object.isPresent()
        ? claim(object.get().claims(), name)
        : Optional.ofNullable(parameters.getFirst(name))
            .map(text -> new SentParameter(TextNode.valueOf(text), false));
  }

  /**
   * The parameter of a request at the authorization endpoint, after Keycloak has parsed and
   * verified it.
   *
   * @param query the query parameters of the browser's request
   * @throws Refusal if a request object cannot be read
   */
  public static Optional<SentParameter> atAuthorizationEndpoint(
      KeycloakSession session, MultivaluedMap<String, String> query, String name) throws Refusal {
    String uri = query.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (uri == null) {
      return among(RequestObject.among(session, query), query, name);
    }
    if (AuthorizationEndpointRequestParserProcessor.getRequestUriType(uri) != RequestUriType.PAR) {
      // Keycloak has fetched it from this request_uri.
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

  /**
   * The value of a JSON parameter as text: in a request object the claim itself, otherwise the text
   * that was sent.
   */
  public String json() {
    return inObject ? value.toString() : value.textValue();
  }

  /** The value of a JSON parameter; missing if it is malformed, which is refused elsewhere. */
  public JsonNode tree() {
    try {
      return value.isTextual() ? JsonSerialization.mapper.readTree(value.textValue()) : value;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }
}
