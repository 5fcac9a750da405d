package io.github.fapipack.token;

import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.channel.CIBAAuthenticationRequest;
import org.keycloak.protocol.oidc.utils.OAuth2CodeParser;
import org.keycloak.representations.RefreshToken;
import org.keycloak.util.TokenUtil;

/**
 * Refuses a token request without a proof if the authorization began with DPoP and the client also
 * has a certificate: the token would be bound to the certificate, which nobody asked for. An
 * authorization that began with DPoP must continue with DPoP, with the same key or, for a
 * confidential client, another one (RFC 9449 5). To change to mutual TLS, the client needs a new
 * authorization.
 */
public final class ForgottenProof {

  /** A claim in refresh tokens, which only this server reads. */
  private static final String BOUND = "fapi_bound";

  private static final String DPOP = "dpop";

  private static final String REQUEST = "fapi-backchannel-proof:";

  private ForgottenProof() {}

  /**
   * Records that the authorization has a token that is bound to a DPoP key: in the refresh token
   * and, for refresh tokens that were issued before, in the client session.
   */
  static void note(Occasion occasion, TokenEvent tokens) {
    RefreshToken token = tokens.refreshToken();
    if (token == null || isNoted(token)) {
      return;
    }
    token.setOtherClaims(BOUND, DPOP);
    if (OAuth2Constants.REFRESH_TOKEN.equals(
        occasion.request().getDecodedFormParameters().getFirst(OAuth2Constants.GRANT_TYPE))) {
      tokens.clientSession().getClientSession().setNote(BOUND + ":" + token.getId(), DPOP);
    }
  }

  private static boolean isNoted(RefreshToken token) {
    return DPOP.equals(token.getOtherClaims().get(BOUND));
  }

  /** Records that a backchannel authentication request had a proof. */
  public static void note(
      KeycloakSession session, CIBAAuthenticationRequest request, long seconds) {
    HttpHeaders headers = session.getContext().getHttpRequest().getHttpHeaders();
    if (headers.getHeaderString(OAuth2Constants.DPOP_HTTP_HEADER) != null) {
      session.singleUseObjects().put(REQUEST + request.getId(), seconds, Map.of());
    }
  }

  /**
   * To be called for a token request without a proof, before the code is used up.
   *
   * @throws Refusal if the authorization began with a proof
   */
  static void refuse(Occasion occasion, MultivaluedMap<String, String> form) throws Refusal {
    String grant = form.getFirst(OAuth2Constants.GRANT_TYPE);
    if (OAuth2Constants.AUTHORIZATION_CODE.equals(grant)
        && isBoundCode(occasion.session(), form.getFirst(OAuth2Constants.CODE))) {
      throw forgotten("the authorization request was");
    }
    if (OAuth2Constants.REFRESH_TOKEN.equals(grant)
        && isBoundToken(occasion.session(), form.getFirst(OAuth2Constants.REFRESH_TOKEN))) {
      throw forgotten("the tokens of this authorization are");
    }
    if (OAuth2Constants.CIBA_GRANT_TYPE.equals(grant)
        && isBoundRequest(occasion.session(), form.getFirst(CibaGrantType.AUTH_REQ_ID))) {
      throw forgotten("the authentication request was");
    }
  }

  private static boolean isBoundRequest(KeycloakSession session, String encoded) {
    try {
      CIBAAuthenticationRequest request =
          encoded == null ? null : CIBAAuthenticationRequest.deserialize(session, encoded);
      return request != null && session.singleUseObjects().contains(REQUEST + request.getId());
    } catch (RuntimeException e) {
      return false; // no auth_req_id; Keycloak refuses that
    }
  }

  private static boolean isBoundCode(KeycloakSession session, String code) {
    if (code == null) {
      return false;
    }
    String id = code.split("\\.", 2)[0];
    Map<String, String> notes =
        session.singleUseObjects().get(OAuth2CodeParser.CACHE_KEY_PREFIX + id);
    return notes != null && notes.get(OIDCLoginProtocol.DPOP_JKT) != null;
  }

  private static boolean isBoundToken(KeycloakSession session, String encoded) {
    RefreshToken token =
        encoded == null ? null : session.tokens().decode(encoded, RefreshToken.class);
    return token != null && (isNoted(token) || isNotedInSession(session, token));
  }

  private static boolean isNotedInSession(KeycloakSession session, RefreshToken token) {
    RealmModel realm = session.getContext().getRealm();
    ClientModel client = realm.getClientByClientId(token.getIssuedFor());
    if (client == null || token.getSessionId() == null) {
      return false;
    }
    UserSessionModel userSession =
        TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())
            ? session.sessions().getOfflineUserSession(realm, token.getSessionId())
            : session.sessions().getUserSession(realm, token.getSessionId());
    AuthenticatedClientSessionModel clientSession =
        userSession == null
            ? null
            : userSession.getAuthenticatedClientSessionByClient(client.getId());
    return clientSession != null && clientSession.getNote(BOUND + ":" + token.getId()) != null;
  }

  private static Refusal forgotten(String what) {
    return Refusal.invalidRequest(
        what + " bound to a DPoP key, but the DPoP header is missing",
        "send a proof, or ask for a new authorization to change to mutual TLS");
  }
}
