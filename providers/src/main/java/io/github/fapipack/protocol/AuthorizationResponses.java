package io.github.fapipack.protocol;

import io.github.fapipack.approval.Approval;
import io.github.fapipack.approval.ConsentRequest;
import io.github.fapipack.consent.ClientError;
import io.github.fapipack.consent.WaitingTabs;
import io.github.fapipack.ecosystem.AuthenticationRules;
import io.github.fapipack.engine.RememberedParameterSizes;
import io.github.fapipack.identity.LoginFacts;
import io.github.fapipack.keycloak.MarkedCode;
import io.github.fapipack.occasion.AuthorizationResponseEvent;
import io.github.fapipack.rar.CodeBinding;
import io.github.fapipack.request.DemandedLevel;
import io.github.fapipack.rule.Provenance;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolFactory;
import org.keycloak.protocol.oidc.OIDCProviderConfig;
import org.keycloak.protocol.oidc.grants.device.DeviceGrantType;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.services.ErrorPage;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Keycloak's OpenID Connect protocol, extended: it asks the rules before it creates an
 * authorization response. Keycloak has no event there, and uses up a {@code request_uri} only if
 * there was no consent page between login and response.
 */
public final class AuthorizationResponses extends OIDCLoginProtocol {

  /** Faults of a login that the client must learn, rather than the user. */
  private static final Set<String> FOR_CLIENTS =
      Set.of(AuthenticationRules.UNMET, OAuthErrorException.ACCESS_DENIED);

  private static final RequestKey<Boolean> NO_TOKEN = new RequestKey<>();

  private AuthorizationResponses(OIDCProviderConfig config) {
    super(config);
  }

  @Override
  public Response authenticated(
      AuthenticationSessionModel authentication,
      UserSessionModel userSession,
      ClientSessionContext clientSession) {
    if (DeviceGrantType.isOAuth2DeviceVerificationFlow(authentication)) {
      return super.authenticated(authentication, userSession, clientSession); // no response yet
    }
    Provenance.endOfLogin(session, authentication);
    if (AuthenticationManager.isSSOAuthentication(clientSession.getClientSession())) {
      DemandedLevel.keepBySession(authentication);
    }
    try {
      checkLogin(authentication, userSession.getUser());
    } catch (ClientPolicyException e) {
      return refused(authentication, e);
    }
    if (!RealmRules.of(session).isEmpty()) {
      MarkedCode.removeForeign(authentication);
      LoginFacts facts = LoginFacts.of(session, authentication);
      facts.keep(session, event);
      facts.bind(authentication);
    }
    ConsentRequest.forget(clientSession.getClientSession());
    Approval.of(authentication)
        .ifPresent(approval -> CodeBinding.bind(session, authentication, userSession, approval));
    String type = authentication.getClientNote(OIDCLoginProtocol.RESPONSE_TYPE_PARAM);
    if (!OIDCResponseType.parse(type).hasResponseType(OIDCResponseType.TOKEN)) {
      NO_TOKEN.set(session, true);
    }
    Response response = super.authenticated(authentication, userSession, clientSession);
    WaitingTabs.keep(session, authentication);
    return response;
  }

  private void checkLogin(AuthenticationSessionModel authentication, UserModel user)
      throws ClientPolicyException {
    LoginDemands demands = LoginDemands.of(session, authentication);
    // Here too, because a registration of a user does not begin like a login.
    Optional<Refusal> unreachable = demands.settle();
    if (unreachable.isPresent()) {
      throw unreachable.get();
    }
    RealmRules.trigger(session, new AuthorizationResponseEvent(authentication, user));
    demands.require();
  }

  private Response refused(
      AuthenticationSessionModel authentication, ClientPolicyException refusal) {
    event.detail(Details.REASON, refusal.getErrorDetail());
    if (FOR_CLIENTS.contains(refusal.getError())) {
      return ClientError.send(
          session, authentication, event, refusal.getError(), refusal.getErrorDetail());
    }
    event.error(refusal.getError());
    return ErrorPage.error(
        session, authentication, Response.Status.BAD_REQUEST, refusal.getErrorDetail());
  }

  /**
   * Whether the current request ends in an authorization response without an access token. Keycloak
   * creates one all the same if an ID token is requested, and discards it.
   */
  static boolean carryNoAccessToken(KeycloakSession session) {
    return NO_TOKEN.isIn(session);
  }

  /** Replaces Keycloak's factory. */
  public static final class Factory extends OIDCLoginProtocolFactory {

    private OIDCProviderConfig config;

    @Override
    public void init(Config.Scope scope) {
      super.init(scope);
      config = new RememberedParameterSizes(scope);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
      super.postInit(factory);
      ResponseClaims.install();
      ProofTarget.install();
      AlgorithmName.install();
    }

    @Override
    public LoginProtocol create(KeycloakSession session) {
      return new AuthorizationResponses(config).setSession(session);
    }

    @Override
    public Object createProtocolEndpoint(KeycloakSession session, EventBuilder event) {
      return new DirectAuthorization.Endpoints(session, event);
    }

    @Override
    public int order() {
      return UI_ORDER + 1;
    }
  }
}
