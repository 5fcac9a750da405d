package io.github.fapipack.protocol;

import io.github.fapipack.consent.ClientError;
import io.github.fapipack.introspection.IntrospectionEndpoint;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Answers the authorization request of a logged-in user directly. For a pushed request, Keycloak
 * first redirects the browser to another of its addresses, because it might have to show a page
 * that survives a reload; if the session is sufficient, there is no such page. This class also
 * explains what is wrong with a request object that cannot be used.
 */
final class DirectAuthorization extends AuthorizationEndpoint {

  /** Client notes of requests for which a session may not be sufficient. */
  private static final List<String> MORE_THAN_A_SESSION =
      List.of(
          OIDCLoginProtocol.PROMPT_PARAM,
          OIDCLoginProtocol.MAX_AGE_PARAM,
          OIDCLoginProtocol.ACR_PARAM,
          OIDCLoginProtocol.CLAIMS_PARAM,
          Constants.REQUESTED_LEVEL_OF_AUTHENTICATION,
          Constants.KC_ACTION);

  private DirectAuthorization(KeycloakSession session, EventBuilder event) {
    super(session, event);
  }

  @Override
  protected Response handleBrowserAuthenticationRequest(
      AuthenticationSessionModel authentication,
      LoginProtocol protocol,
      boolean isPassive,
      boolean redirect) {
    Optional<Refusal> unreachable = LoginDemands.of(session, authentication).settle();
    if (unreachable.isPresent()) {
      return ClientError.send(
          session,
          authentication,
          event,
          unreachable.get().getError(),
          unreachable.get().getErrorDetail());
    }
    boolean inSession = redirect && !asksForMore(authentication) && isLoggedIn();
    return inSession && !isPassive
        ? continueSession(authentication)
        : super.handleBrowserAuthenticationRequest(
            authentication, extended(), isPassive, redirect && !inSession);
  }

  /** What Keycloak does, except that the cookie comes last. */
  private Response continueSession(AuthenticationSessionModel authentication) {
    AuthenticationProcessor processor =
        createProcessor(
            authentication,
            getAuthenticationFlow(authentication).getId(),
            LoginActionsService.AUTHENTICATE_PATH);
    event.detail(Details.CODE_ID, authentication.getParentSession().getId());
    try {
      return RestartCookie.of(session, authentication).after(processor::authenticate);
    } catch (Exception e) {
      return processor.handleBrowserException(e);
    }
  }

  /**
   * The protocol that asks the rules about responses. Keycloak answers requests with {@code
   * prompt=none} by its own, whatever provider there is.
   */
  private LoginProtocol extended() {
    return session
        .getProvider(LoginProtocol.class, OIDCLoginProtocol.LOGIN_PROTOCOL)
        .setRealm(realm)
        .setHttpHeaders(headers)
        .setUriInfo(session.getContext().getUri())
        .setEventBuilder(event);
  }

  @Override
  public Response buildGet() {
    return explained(super::buildGet, session.getContext().getUri().getQueryParameters());
  }

  @Override
  public Response buildPost() {
    return explained(super::buildPost, httpRequest.getDecodedFormParameters());
  }

  /** Keycloak's page says "invalid request" for every faulty request object. */
  private Response explained(Supplier<Response> answer, MultivaluedMap<String, String> parameters) {
    try {
      return answer.get();
    } catch (ClassCastException | IndexOutOfBoundsException e) {
      // Keycloak fails if an acr in claims is not text, and if kc_action is "a:".
      throw new ErrorPageException(session, Response.Status.BAD_REQUEST, Messages.INVALID_REQUEST);
    } catch (ErrorPageException e) {
      if (!Messages.INVALID_REQUEST.equals(e.getMessage())) {
        throw e;
      }
      throw RequestObjectFault.ofRequest(session, parameters)
          .map(fault -> new ErrorPageException(session, Response.Status.BAD_REQUEST, fault))
          .orElse(e);
    }
  }

  private static boolean asksForMore(AuthenticationSessionModel authentication) {
    return MORE_THAN_A_SESSION.stream()
        .anyMatch(note -> authentication.getClientNote(note) != null);
  }

  private boolean isLoggedIn() {
    return AuthenticationManager.authenticateIdentityCookie(session, realm, true) != null;
  }

  /** Keycloak's endpoints, with this one among them. */
  static final class Endpoints extends OIDCLoginProtocolService {

    private final KeycloakSession session;
    private final EventBuilder event;

    Endpoints(KeycloakSession session, EventBuilder event) {
      super(session, event);
      this.session = session;
      this.event = event;
    }

    @Override
    public Object auth() {
      return RealmRules.of(session).isEmpty()
          ? super.auth()
          : new DirectAuthorization(session, event);
    }

    @Override
    public Object logout() {
      return RealmRules.of(session).isEmpty()
          ? super.logout()
          : new PrintableLogout(session, event);
    }

    @Override
    public Object issueUserInfo() {
      return RealmRules.of(session).isEmpty()
          ? super.issueUserInfo()
          : new ReadableUserinfo(session);
    }

    @Override
    public Object token() {
      return new IntrospectionEndpoint.Parent(session, event);
    }
  }
}
