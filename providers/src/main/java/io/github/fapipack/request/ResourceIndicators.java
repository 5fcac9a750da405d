package io.github.fapipack.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.occasion.BackchannelRequestEvent;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
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
 * The resources that a request asks tokens for (RFC 8707 2), wherever they stand. Keycloak reads
 * one and refuses a second, so they are taken away before it reads the request, and travel through
 * an authorization as one text: no URI has a blank in it.
 */
public final class ResourceIndicators {

  /** The parameter, and the claim of refresh tokens that tells what was authorized. */
  public static final String PARAMETER = OAuth2Constants.RESOURCE;

  /** What the realm has found good among the parameters of a pushed request. */
  private static final String STORED = "fapi_resource";

  private static final String TAKEN = ResourceIndicators.class.getName();
  private static final String AUTHORIZED = TAKEN + ".authorized";

  private ResourceIndicators() {}

  /** Takes them out of a pushed request, and with them what nobody but us may store. */
  public static void take(KeycloakSession session, MultivaluedMap<String, String> form) {
    form.remove(STORED);
    List<String> sent = form.remove(PARAMETER);
    session.setAttribute(
        TAKEN,
        sent == null ? List.of() : sent.stream().filter(r -> !r.isEmpty()).distinct().toList());
  }

  /** Those of a pushed request or one by value. */
  @SuppressWarnings("unchecked")
  public static List<String> asked(Occasion occasion) throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent()) {
      return of(object.get().claims().path(PARAMETER));
    }
    List<String> taken = occasion.session().getAttribute(TAKEN, List.class);
    return occasion.context() instanceof PushedAuthorizationRequestContext && taken != null
        ? taken
        : List.of();
  }

  /** Those of a backchannel authentication request. */
  public static List<String> asked(Occasion occasion, BackchannelRequestEvent request)
      throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    return object.isPresent() ? of(object.get().claims().path(PARAMETER)) : of(request.form());
  }

  /** Keeps those of a backchannel authentication request, which is about to be written down. */
  public static void keep(KeycloakSession session, List<String> resources) {
    session.setAttribute(TAKEN, resources);
  }

  /** Those that were kept, as one text; null for none. */
  @SuppressWarnings("unchecked")
  public static String kept(KeycloakSession session) {
    List<String> kept = session.getAttribute(TAKEN, List.class);
    return kept == null || kept.isEmpty() ? null : String.join(" ", kept);
  }

  /** Those of a form, in which a parameter without a value is none. */
  public static List<String> of(MultivaluedMap<String, String> form) {
    return form.getOrDefault(PARAMETER, List.of()).stream()
        .filter(resource -> !resource.isEmpty())
        .distinct()
        .toList();
  }

  /** One or several of them in a request object. */
  public static List<String> of(JsonNode claim) {
    return (claim.isTextual()
            ? List.of(claim.textValue())
            : StreamSupport.stream(claim.spliterator(), false).map(JsonNode::asText).toList())
        .stream().distinct().toList();
  }

  /** Keeps them with a pushed request until a browser brings it. */
  public static void store(MultivaluedMap<String, String> form, List<String> resources) {
    if (!resources.isEmpty()) {
      form.putSingle(STORED, String.join(" ", resources));
    }
  }

  /** Those that were kept; empty for an authorization request that was not pushed. */
  public static Optional<List<String>> stored(
      KeycloakSession session, MultivaluedMap<String, String> query) {
    String uri = query.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (uri == null || !uri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      return Optional.empty();
    }
    Map<String, String> stored = AuthzEndpointParParser.getRequestObject(session, uri);
    return Optional.of(split(stored == null ? null : stored.get(STORED)));
  }

  /** Tells what tokens that are made next were authorized for, where no code and no token does. */
  public static void authorize(KeycloakSession session, Object resources) {
    session.setAttribute(AUTHORIZED, resources instanceof String text ? text : "");
  }

  /** What tokens were authorized for that are about to be signed. */
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
    return Optional.ofNullable(session.getAttribute(AUTHORIZED, String.class))
        .map(ResourceIndicators::split);
  }

  private static List<String> split(String text) {
    return text == null || text.isBlank() ? List.of() : List.of(text.split(" "));
  }

  /** Whether that is what RFC 8707 2 has: an absolute URI without a fragment. */
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
