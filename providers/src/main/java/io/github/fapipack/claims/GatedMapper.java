package io.github.fapipack.claims;

import io.github.fapipack.rule.RealmRules;
import java.util.Set;
import java.util.function.Supplier;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.ProtocolMapper;
import org.keycloak.protocol.oidc.mappers.LogoutTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenResponseMapper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.protocol.oidc.mappers.TokenIntrospectionTokenMapper;
import org.keycloak.protocol.oidc.mappers.UserInfoTokenMapper;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.representations.IDToken;
import org.keycloak.representations.LogoutToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Wraps a protocol mapper, and asks the rules if it wrote something that it may not. Mappers handle
 * access tokens, ID tokens, userinfo, introspection and token responses of every grant; Keycloak
 * has no other hook for all of these.
 */
final class GatedMapper extends MapperInFront
    implements OIDCAccessTokenMapper,
        OIDCIDTokenMapper,
        UserInfoTokenMapper,
        TokenIntrospectionTokenMapper,
        OIDCAccessTokenResponseMapper,
        LogoutTokenMapper {

  private static final String CLIENT_ID = "client_id";
  private static final String AUTH_TIME = "auth_time";

  private final MapperRights rights;

  private GatedMapper(ProtocolMapper mapper) {
    super(mapper);
    this.rights = MapperRights.of(mapper);
  }

  /** Wraps a mapper that writes into any of these documents, unless it is the pack's own. */
  static ProviderFactory<?> before(ProviderFactory<?> factory) {
    boolean writes =
        factory instanceof OIDCAccessTokenMapper
            || factory instanceof OIDCIDTokenMapper
            || factory instanceof UserInfoTokenMapper
            || factory instanceof TokenIntrospectionTokenMapper
            || factory instanceof OIDCAccessTokenResponseMapper
            || factory instanceof LogoutTokenMapper;
    return writes && !(factory instanceof GatedMapper) && !MapperRights.isOwn(factory)
        ? new GatedMapper((ProtocolMapper) factory)
        : factory;
  }

  @Override
  public AccessToken transformAccessToken(
      AccessToken token,
      ProtocolMapperModel model,
      KeycloakSession session,
      UserSessionModel user,
      ClientSessionContext client) {
    return mapper instanceof OIDCAccessTokenMapper own
        ? new Run(session, model, user, client, "access token")
            .of(token, () -> own.transformAccessToken(token, model, session, user, client))
        : token;
  }

  @Override
  public IDToken transformIDToken(
      IDToken token,
      ProtocolMapperModel model,
      KeycloakSession session,
      UserSessionModel user,
      ClientSessionContext client) {
    return mapper instanceof OIDCIDTokenMapper own
        ? new Run(session, model, user, client, "ID token")
            .of(token, () -> own.transformIDToken(token, model, session, user, client))
        : token;
  }

  @Override
  public AccessToken transformUserInfoToken(
      AccessToken token,
      ProtocolMapperModel model,
      KeycloakSession session,
      UserSessionModel user,
      ClientSessionContext client) {
    return mapper instanceof UserInfoTokenMapper own
        ? new Run(session, model, user, client, "userinfo")
            .of(token, () -> own.transformUserInfoToken(token, model, session, user, client))
        : token;
  }

  @Override
  public AccessToken transformIntrospectionToken(
      AccessToken token,
      ProtocolMapperModel model,
      KeycloakSession session,
      UserSessionModel user,
      ClientSessionContext client) {
    return mapper instanceof TokenIntrospectionTokenMapper own
        ? new Run(session, model, user, client, "introspection")
            .of(token, () -> own.transformIntrospectionToken(token, model, session, user, client))
        : token;
  }

  @Override
  public AccessTokenResponse transformAccessTokenResponse(
      AccessTokenResponse response,
      ProtocolMapperModel model,
      KeycloakSession session,
      UserSessionModel user,
      ClientSessionContext client) {
    return mapper instanceof OIDCAccessTokenResponseMapper own
        ? new Run(session, model, user, client, "token response")
            .of(
                response,
                () -> own.transformAccessTokenResponse(response, model, session, user, client))
        : response;
  }

  @Override
  public LogoutToken transformLogoutToken(
      LogoutToken token,
      ProtocolMapperModel model,
      KeycloakSession session,
      UserSessionModel user,
      ClientSessionContext client) {
    return mapper instanceof LogoutTokenMapper own
        ? new Run(session, model, user, client, "logout token")
            .of(token, () -> own.transformLogoutToken(token, model, session, user, client))
        : token;
  }

  /** One run of the mapper. */
  private final class Run {

    private final KeycloakSession session;
    private final ProtocolMapperModel model;
    private final UserSessionModel user;
    private final ClientSessionContext context;
    private final String place;

    Run(
        KeycloakSession session,
        ProtocolMapperModel model,
        UserSessionModel user,
        ClientSessionContext context,
        String place) {
      this.session = session;
      this.model = model;
      this.user = user;
      this.context = context;
      this.place = place;
    }

    <D> D of(D document, Supplier<D> run) {
      if (rights.harmless(model) || RealmRules.of(session).isEmpty()) {
        return run.get();
      }
      DecidedClaims before = DecidedClaims.of(document, rights);
      D after = document;
      RuntimeException failure = null;
      try {
        after = run.get();
      } catch (RuntimeException e) {
        // Keycloak fails on a path into a claim that is not an object.
        failure = e;
      }
      boolean restored = ask(before, after, failure != null);
      if (failure != null && !restored) {
        throw failure;
      }
      return after;
    }

    /** Asks the rules, and returns whether they have undone the mapper's changes. */
    private boolean ask(DecidedClaims before, Object after, boolean failed) {
      Set<String> changed = before.changedIn(after);
      changed.removeIf(claim -> isAsDecided(claim, after));
      if (failed) {
        MapperRights.forbidden(model).ifPresent(changed::add);
      }
      if (changed.isEmpty()) {
        return false;
      }
      MapperRun event = new MapperRun(context, model, place, before, after, changed);
      try {
        RealmRules.trigger(session, event);
      } catch (ClientPolicyException e) {
        throw new ErrorResponseException(e.getError(), e.getErrorDetail(), e.getErrorStatus());
      }
      return event.isRestored();
    }

    /** Keycloak itself adds these from session notes, by an ordinary mapper. */
    private boolean isAsDecided(String claim, Object document) {
      if (CLIENT_ID.equals(claim)) {
        return context
            .getClientSession()
            .getClient()
            .getClientId()
            .equals(DecidedClaims.other(document, CLIENT_ID));
      }
      return AUTH_TIME.equals(claim)
          && user != null
          && document instanceof IDToken token
          && token.getAuth_time() != null
          && DecidedClaims.other(document, AUTH_TIME) == null
          && token.getAuth_time().toString().equals(user.getNote(AuthenticationManager.AUTH_TIME));
    }
  }
}
