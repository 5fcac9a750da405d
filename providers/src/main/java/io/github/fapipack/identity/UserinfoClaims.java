package io.github.fapipack.identity;

import io.github.fapipack.ecosystem.EcosystemProfiles;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;

/**
 * Adds to userinfo the single claims that the request of the access token asked for. Keycloak only
 * knows the claims of scopes.
 */
public final class UserinfoClaims extends TokenManager {

  /** The claim of access tokens with the facts of the login, if userinfo needs them. */
  static final String IN_ACCESS_TOKEN = "fapi_claims";

  @Override
  public AccessToken transformUserInfoAccessToken(
      KeycloakSession session,
      AccessToken bearer,
      AccessToken userinfo,
      UserSessionModel userSession,
      ClientSessionContext client) {
    AccessToken made =
        super.transformUserInfoAccessToken(session, bearer, userinfo, userSession, client);
    if (bearer != null && bearer.getOtherClaims().containsKey(IN_ACCESS_TOKEN)) {
      EcosystemProfiles.of(session)
          .inUse()
          .ifPresent(
              profile ->
                  LoginFacts.open(session, bearer.getOtherClaims().get(IN_ACCESS_TOKEN))
                      .map(facts -> new GivenClaims(profile.claims(), facts))
                      .ifPresent(given -> add(given, bearer, made, userSession)));
    }
    return made;
  }

  private static void add(
      GivenClaims given, AccessToken bearer, AccessToken made, UserSessionModel userSession) {
    GivenClaims.write(given.ofConsent(RequestedClaims.USERINFO), made);
    GivenClaims.write(
        given.ofUser(RequestedClaims.USERINFO, userSession.getUser(), bearer.getScope()), made);
  }
}
