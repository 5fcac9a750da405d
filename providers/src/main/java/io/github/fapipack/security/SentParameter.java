package io.github.fapipack.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
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
 * object if there is one, what was pushed, the query. Keycloak itself forgets parameters that it
 * does not know when they are many or long, and strips characters from them.
 */
public final class SentParameter {

  private SentParameter() {}

  /**
   * The value; text for whatever did not come in a request object. Empty where the occasion is no
   * authorization request.
   *
   * @throws Refusal when a request object cannot be read
   */
  public static Optional<JsonNode> in(Occasion occasion, String name) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      return of(RequestObject.in(occasion), pushed.getRequestParameters(), name);
    }
    if (occasion.context() instanceof BackchannelRequestEvent backchannel) {
      return of(RequestObject.in(occasion), backchannel.form(), name);
    }
    if (occasion.context() instanceof AuthorizationRequestContext request) {
      MultivaluedMap<String, String> query = request.getRequestParameters();
      String uri = query.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
      return uri != null
              && AuthorizationEndpointRequestParserProcessor.getRequestUriType(uri)
                  == RequestUriType.PAR
          ? pushed(occasion.session(), uri, name)
          : of(RequestObject.in(occasion), query, name);
    }
    return Optional.empty();
  }

  /**
   * The value of a parameter that is text.
   *
   * @throws Refusal when it is anything but a string
   */
  public static Optional<String> text(Occasion occasion, String name) throws Refusal {
    Optional<JsonNode> value = in(occasion, name);
    if (value.isPresent() && !value.get().isTextual()) {
      throw Refusal.invalidRequest(name + " must be a string");
    }
    return value.map(JsonNode::textValue);
  }

  private static Optional<JsonNode> of(
      Optional<RequestObject> object, MultivaluedMap<String, String> form, String name) {
    return object.isPresent()
        ? Optional.ofNullable(object.get().claims().get(name))
        : Optional.ofNullable(form.getFirst(name)).map(TextNode::valueOf);
  }

  private static Optional<JsonNode> pushed(KeycloakSession session, String uri, String name) {
    Map<String, String> stored = AuthzEndpointParParser.getRequestObject(session, uri);
    if (stored == null) {
      return Optional.empty();
    }
    if (stored.containsKey(OIDCLoginProtocol.REQUEST_PARAM)) {
      JsonNode object =
          session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
      return Optional.ofNullable(object).map(claims -> claims.get(name));
    }
    return Optional.ofNullable(stored.get(name)).map(TextNode::valueOf);
  }
}
