package io.github.fapipack.authorization;

import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.request.RequestObjectUse;
import io.github.fapipack.request.RequestParameters;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import jakarta.ws.rs.RedirectionException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.request.AuthzEndpointParParser;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The base of the rules on authorization requests of FAPI: one parameter with a signed or pushed
 * request carries the whole request; from the front channel only that parameter and {@code
 * client_id} are used. A {@code request_uri} can be used only by the client that pushed the
 * request. The authorization response uses it up, and so it does with a request object that was
 * sent by value.
 */
public abstract class FrontChannelRule extends Rule<NoSettings> {

  /** A client note survives a restart of the login, unlike Keycloak's own note. */
  private static final String NOTE = "fapi.request_uri";

  /** Stands in for the request_uri if the request was sent by value. */
  private static final String BY_VALUE = "none";

  /** Marks, after the redirect, that a scope was sent outside the request object. */
  private static final String BESIDE = "beside";

  private static final String SPENT = "fapi-spent:";

  /** For how many seconds the use of a request object that was sent by value is remembered. */
  private static final String HOLDS = "fapi.request.seconds";

  /** When the login began, in seconds. */
  private static final String SINCE = "fapi.request_uri.since";

  /** The longest lifetime of a pushed request, in seconds (FAPI2-SP 5.3.2.2-12). */
  private static final int LONGEST_LIFETIME = 600;

  private final Set<String> carriers;
  private final Set<String> frontChannel;
  private final String demand;

  /**
   * @param help one sentence for the admin console
   * @param carriers the parameters of which one must carry the request
   * @param demand what to send instead, for the text of a refusal
   */
  protected FrontChannelRule(String help, Set<String> carriers, String demand) {
    super(NoSettings.class, help);
    this.carriers = carriers;
    this.frontChannel = new TreeSet<>(carriers);
    frontChannel.add(OIDCLoginProtocol.CLIENT_ID_PARAM);
    this.demand = demand;
  }

  @Override
  protected final void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      checkOwner(pushed);
      checkParameters(occasion, pushed.getRequestParameters());
    } else if (occasion.context() instanceof PreAuthorizationRequestContext request) {
      checkFrontChannel(occasion, request);
    } else if (occasion.context() instanceof AuthorizationRequestContext request) {
      String uri = request.getRequestParameters().getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
      boolean byValue = uri == null && carriers.contains(OIDCLoginProtocol.REQUEST_PARAM);
      AuthenticationSessionModel login = request.getAuthenticationSession();
      login.setClientNote(NOTE, byValue ? BY_VALUE : uri);
      login.setClientNote(SINCE, String.valueOf(Time.currentTimeSeconds()));
      if (byValue) {
        keepObject(occasion, login);
      }
    } else if (occasion.context() instanceof AuthorizationResponseEvent response) {
      spend(occasion.session(), response.authentication());
    }
  }

  /** A stored request must name its client, so that no other client can use it. */
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

  /** If there is a request object, only its parameters are used. */
  private static void checkParameters(Occasion occasion, MultivaluedMap<String, String> form)
      throws Refusal {
    Optional<String> fault =
        RequestObject.in(occasion).isPresent() ? Optional.empty() : RequestParameters.fault(form);
    if (fault.isPresent()) {
      throw Refusal.invalidRequest(fault.get());
    }
  }

  private static void keepObject(Occasion occasion, AuthenticationSessionModel login)
      throws Refusal {
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent()) {
      RequestObjectUse use = RequestObjectUse.of(occasion, object.get());
      login.setClientNote(NOTE, use.key());
      login.setClientNote(HOLDS, String.valueOf(use.seconds()));
      use.requireUnused(occasion);
    }
  }

  private void checkFrontChannel(Occasion occasion, PreAuthorizationRequestContext request)
      throws Refusal {
    MultivaluedMap<String, String> parameters = request.getRequestParameters();
    if (frontChannel.stream().anyMatch(name -> isRepeated(parameters, name))) {
      throw Refusal.invalidRequest(
          "one of " + String.join(", ", frontChannel) + " is repeated", "send each once");
    }
    if (carriers.stream().filter(parameters::containsKey).count() != 1) {
      throw Refusal.invalidRequest(demand);
    }
    String requestUri = parameters.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
    if (requestUri != null) {
      checkPushed(occasion, request.getClientId(), requestUri);
    }
    if (occasion.isEnforced()) {
      dropExtras(occasion, parameters);
    }
  }

  private void checkPushed(Occasion occasion, String clientId, String requestUri) throws Refusal {
    if (!requestUri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)) {
      throw Refusal.invalidRequest(demand);
    }
    Map<String, String> stored =
        AuthzEndpointParParser.getRequestObject(occasion.session(), requestUri);
    if (stored == null
        || occasion.session().singleUseObjects().contains(SPENT + requestUri)
        || !String.valueOf(clientId).equals(stored.get(OIDCLoginProtocol.CLIENT_ID_PARAM))) {
      throw unusable();
    }
  }

  private static boolean isRepeated(MultivaluedMap<String, String> parameters, String name) {
    return parameters.containsKey(name) && parameters.get(name).size() > 1;
  }

  /**
   * The first response uses up the request, even if several logins with it are running at the same
   * time.
   */
  private static void spend(KeycloakSession session, AuthenticationSessionModel login)
      throws Refusal {
    String requestUri = login.getClientNote(NOTE);
    if (requestUri == null) {
      // Keycloak also starts logins itself, for a link that resets a password, and would end them
      // with a code for the client that the link names.
      throw Refusal.invalidRequest(
          "this login did not begin with a request of the application",
          "go back to it and start there");
    }
    if (BY_VALUE.equals(requestUri)) {
      return;
    }
    boolean pushed = !RequestObjectUse.isKey(requestUri);
    // A login may end long after its request has expired, and several logins may have begun with
    // the same request. The use is remembered as long as a login can last, and longer logins are
    // refused.
    long remembered =
        SessionExpiration.getAuthSessionLifespan(login.getRealm())
            + (pushed ? LONGEST_LIFETIME : Long.parseLong(login.getClientNote(HOLDS)));
    String since = login.getClientNote(SINCE);
    if (since != null && Time.currentTimeSeconds() - Long.parseLong(since) >= remembered) {
      throw Refusal.invalidRequest(
          "this login took too long", "go back to the application and start there");
    }
    if (pushed) {
      AuthzEndpointParParser.removeRequestObject(session, requestUri);
    }
    String key = pushed ? SPENT + requestUri : requestUri;
    if (!session.singleUseObjects().putIfAbsent(key, remembered)) {
      throw pushed
          ? unusable()
          : Refusal.invalidRequest(
              "the request object was used before", "go back to the application and start there");
    }
  }

  private static Refusal unusable() {
    return Refusal.invalidRequest(
        "request_uri is unknown, expired, already used or not this client's",
        "push the request again");
  }

  /**
   * Keycloak reads query and form in many places (language, identity provider, prompt). So
   * parameters that FAPI ignores must be removed: from a form directly, from a query by a redirect.
   */
  private void dropExtras(Occasion occasion, MultivaluedMap<String, String> parameters) {
    MultivaluedMap<String, String> query =
        occasion.session().getContext().getUri().getQueryParameters();
    boolean posted = "POST".equals(occasion.request().getHttpMethod());
    Map<String, String> kept = kept(parameters);
    if (posted) {
      parameters.keySet().retainAll(kept.keySet());
      kept.forEach(parameters::putSingle);
    }
    boolean clean = posted ? query.isEmpty() : isSingle(query) && kept.equals(firstOfEach(query));
    if (!clean) {
      throw new RedirectionException(withoutExtras(occasion, kept));
    }
  }

  /**
   * The parameters that are used; and, if requests by value are allowed, the mark that a scope was
   * sent outside the object.
   */
  private Map<String, String> kept(MultivaluedMap<String, String> parameters) {
    Map<String, String> kept = firstOfEach(parameters);
    kept.keySet().retainAll(frontChannel);
    if (carriers.contains(OIDCLoginProtocol.REQUEST_PARAM) && isScopeBeside(parameters)) {
      kept.put(BESIDE, OAuth2Constants.SCOPE);
    }
    return kept;
  }

  /** Whether a scope is, or was before the redirect, sent outside the request object. */
  public static boolean isScopeBeside(MultivaluedMap<String, String> parameters) {
    return parameters.containsKey(OAuth2Constants.SCOPE)
        || OAuth2Constants.SCOPE.equals(parameters.getFirst(BESIDE));
  }

  private static boolean isSingle(MultivaluedMap<String, String> parameters) {
    return parameters.values().stream().allMatch(values -> values.size() == 1);
  }

  private static Map<String, String> firstOfEach(MultivaluedMap<String, String> parameters) {
    Map<String, String> first = new TreeMap<>();
    parameters.forEach((name, values) -> first.put(name, parameters.getFirst(name)));
    return first;
  }

  private static Response withoutExtras(Occasion occasion, Map<String, String> kept) {
    UriBuilder clean =
        UriBuilder.fromUri(occasion.session().getContext().getUri().getRequestUri())
            .replaceQuery(null);
    kept.keySet().forEach(name -> clean.queryParam(name, "{" + name + "}"));
    // Without an entity Keycloak would show its error page instead.
    return Response.seeOther(clean.buildFromMap(kept))
        .entity("")
        .type(MediaType.TEXT_PLAIN_TYPE)
        .build();
  }
}
