package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.RefreshToken;

/**
 * The resources for which a request asks for tokens (RFC 8707 2), in the form or the request
 * object. Keycloak reads one and refuses a second, so they are removed before Keycloak reads the
 * request. During an authorization they are kept as one text, separated by blanks, which URIs
 * cannot contain.
 */
public final class ResourceIndicators {

  /** The parameter, and the claim of refresh tokens with the authorized resources. */
  public static final String PARAMETER = OAuth2Constants.RESOURCE;

  /** The parameter of a stored pushed request with the resources that passed the checks. */
  private static final String STORED = "fapi_resource";

  private static final RequestKey<List<String>> TAKEN = new RequestKey<>();
  private static final RequestKey<String> AUTHORIZED = new RequestKey<>();

  private ResourceIndicators() {}

  /**
   * Removes the resources from a pushed request, together with parameters that only the pack may
   * store.
   */
  public static void take(KeycloakSession session, MultivaluedMap<String, String> form) {
    form.remove(STORED);
    List<String> sent = form.remove(PARAMETER);
    TAKEN.set(
        session,
        sent == null ? List.of() : sent.stream().filter(r -> !r.isEmpty()).distinct().toList());
  }

  /** The resources of a pushed request or a request by value. */
  public static List<String> asked(Occasion occasion) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent()) {
      return of(object.get().claims().path(PARAMETER));
    }
    return occasion.context() instanceof PushedAuthorizationRequestContext
        ? TAKEN.in(occasion.session()).orElse(List.of())
        : List.of();
  }

  /** The resources of a backchannel authentication request. */
  public static List<String> asked(Occasion occasion, BackchannelRequestEvent request)
      throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    return object.isPresent() ? of(object.get().claims().path(PARAMETER)) : of(request.form());
  }

  /** Keeps the resources of a backchannel authentication request, which is about to be stored. */
  public static void keep(KeycloakSession session, List<String> resources) {
    TAKEN.set(session, resources);
  }

  /** The kept resources, as one text; null for none. */
  public static String kept(KeycloakSession session) {
    List<String> kept = TAKEN.in(session).orElse(List.of());
    return kept.isEmpty() ? null : String.join(" ", kept);
  }

  /** The resources of a form, without empty values. */
  public static List<String> of(MultivaluedMap<String, String> form) {
    return form.getOrDefault(PARAMETER, List.of()).stream()
        .filter(resource -> !resource.isEmpty())
        .distinct()
        .toList();
  }

  /** The resources in a request object: one string or an array. */
  public static List<String> of(JsonNode claim) {
    return (claim.isTextual()
            ? List.of(claim.textValue())
            : StreamSupport.stream(claim.spliterator(), false).map(JsonNode::asText).toList())
        .stream().distinct().toList();
  }

  /** Stores the resources with a pushed request, until a browser comes with its request_uri. */
  public static void store(MultivaluedMap<String, String> form, List<String> resources) {
    if (!resources.isEmpty()) {
      form.putSingle(STORED, String.join(" ", resources));
    }
  }

  /** The stored resources; empty if the authorization request was not pushed. */
  public static Optional<List<String>> stored(
      KeycloakSession session, MultivaluedMap<String, String> query) {
    String uri = query.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (uri == null || !uri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      return Optional.empty();
    }
    Map<String, String> stored = AuthzEndpointParParser.getRequestObject(session, uri);
    return Optional.of(split(stored == null ? null : stored.get(STORED)));
  }

  /**
   * Sets the authorized resources of the tokens that are created next, if neither a code nor a
   * token contains them.
   */
  public static void authorize(KeycloakSession session, Object resources) {
    AUTHORIZED.set(session, resources instanceof String text ? text : "");
  }

  /** The authorized resources of tokens that are about to be signed. */
  public static Optional<List<String>> authorized(
      KeycloakSession session, TokenPostProcessorContext context) {
    RefreshToken refreshed = context.requestRefreshToken();
    if (refreshed != null) {
      Object claim = refreshed.getOtherClaims().get(PARAMETER);
      return Optional.of(
          claim instanceof Collection<?> several
              ? several.stream().map(String::valueOf).toList()
              : split((String) claim));
    }
    if (context.code() != null) {
      return Optional.of(split(context.code().getResource()));
    }
    return AUTHORIZED.in(session).map(ResourceIndicators::split);
  }

  private static List<String> split(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.split(" "));
  }

  /** Whether the text is a valid resource (RFC 8707 2): an absolute URI without a fragment. */
  public static boolean isWellFormed(String resource) {
    try {
      URI uri = new URI(resource);
      return uri.isAbsolute()
          && uri.getRawFragment() == null
          && !uri.getRawSchemeSpecificPart().isEmpty();
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
