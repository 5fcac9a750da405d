package io.github.fapipack.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.AllowedAlgorithms;
import io.github.fapipack.request.ParameterLimits;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.RequestParameters;
import io.github.fapipack.requestobject.RestrictRequestObjectAlgorithm;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthzEndpointRequestParser;

/** Finds out what is wrong with a request about which Keycloak only says that it is invalid. */
public final class RequestObjectFault {

  /** A JWE has five parts, a JWS three. */
  private static final int DOTS_OF_JWE = 4;

  private RequestObjectFault() {}

  /**
   * To be called after Keycloak has refused a request.
   *
   * @return one sentence; empty if the request has no request object
   */
  public static Optional<String> of(
      KeycloakSession session, MultivaluedMap<String, String> parameters) {
    String text = parameters.getFirst(OIDCLoginProtocol.REQUEST_PARAM);
    return text == null
        ? Optional.empty()
        : Optional.of("the request object is refused: " + fault(session, text));
  }

  /**
   * The same for a request with its parameters in a form or query.
   *
   * @return one sentence; empty if no fault was found
   */
  public static Optional<String> ofRequest(
      KeycloakSession session, MultivaluedMap<String, String> parameters) {
    Map<String, String> texts = new TreeMap<>();
    parameters.forEach(
        (name, values) -> values.stream().findFirst().ifPresent(text -> texts.put(name, text)));
    return of(session, parameters).or(() -> ParameterLimits.of(session).fault(texts));
  }

  /** Texts as Keycloak reads them. */
  private static Map<String, String> texts(JsonNode claims) {
    Map<String, String> texts = new TreeMap<>();
    claims
        .properties()
        .forEach(
            claim ->
                texts.put(
                    claim.getKey(),
                    claim.getValue().isValueNode()
                        ? claim.getValue().asText()
                        : claim.getValue().toString()));
    return texts;
  }

  private static String fault(KeycloakSession session, String text) {
    JsonNode claims =
        session.getAttribute(AuthzEndpointRequestParser.AUTHZ_REQUEST_OBJECT, JsonNode.class);
    if (claims != null) {
      return ParameterLimits.of(session)
          .fault(texts(claims))
          .or(() -> RequestParameters.fault(claims))
          .orElse("a claim has a value of the wrong type");
    }
    if (text.chars().filter(c -> c == '.').count() == DOTS_OF_JWE) {
      return "it cannot be decrypted with a key of this server and as the client has registered,"
          + " or what is inside is not signed by the client";
    }
    RequestObject object;
    try {
      object = RequestObject.of(text, OAuthErrorException.INVALID_REQUEST_OBJECT);
    } catch (Refusal e) {
      return e.getErrorDetail().replaceFirst("^.*?: ", "");
    }
    if (object.claims().has(OIDCLoginProtocol.REQUEST_URI_PARAM)) {
      return "it must not hold 'request_uri'";
    }
    Optional<AllowedAlgorithms> allowed =
        RealmRules.of(session).settings(session, RestrictRequestObjectAlgorithm.class);
    if (allowed.isPresent() && !allowed.get().has(object.algorithm())) {
      return "it must be signed with a key of the client and one of " + allowed.get();
    }
    String registered = registeredAlgorithm(session.getContext().getClient());
    return registered == null || Algorithms.areSame(registered, object.algorithm())
        ? "its signature cannot be verified; sign it with a key that the client has registered, and"
            + " name that key by kid"
        : "the client has registered to sign it with " + registered;
  }

  private static String registeredAlgorithm(ClientModel client) {
    return client == null
        ? null
        : OIDCAdvancedConfigWrapper.fromClientModel(client).getRequestObjectSignatureAlg();
  }
}
