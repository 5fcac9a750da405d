package io.github.fapipack.portal;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Base64;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Leads a visitor to Keycloak's login and back. The pages need nothing but the login cookie, and a
 * client of their own would have to be public. So the request is one of the account console, which
 * every realm has, with a redirect URI below its address that {@link LoginReturn} answers. Nobody
 * can redeem the code: its challenge is random, so that there is no verifier.
 */
final class PortalLogin {

  /** What the address of a page begins with when Keycloak redirects to it. */
  static final String RETURN = Constants.ACCOUNT_MANAGEMENT_CLIENT_ID + "/" + PortalFactory.ID;

  /** As many bytes as the hash of a verifier has. */
  private static final int CHALLENGE = 32;

  private static final String CONFIRMED = "post_logout_redirect_uri";

  private PortalLogin() {}

  /** To the login, and from there to the page of the current request. */
  static Response start(KeycloakSession session) {
    return Response.seeOther(
            realm(session)
                .path("protocol/openid-connect/auth")
                .queryParam(OAuth2Constants.CLIENT_ID, Constants.ACCOUNT_CONSOLE_CLIENT_ID)
                .queryParam(OAuth2Constants.RESPONSE_TYPE, OAuth2Constants.CODE)
                .queryParam(OAuth2Constants.SCOPE, OAuth2Constants.SCOPE_OPENID)
                .queryParam(OAuth2Constants.REDIRECT_URI, "{redirect}")
                .queryParam(OAuth2Constants.STATE, random())
                .queryParam(OIDCLoginProtocol.CODE_CHALLENGE_PARAM, random())
                .queryParam(
                    OIDCLoginProtocol.CODE_CHALLENGE_METHOD_PARAM, OAuth2Constants.PKCE_METHOD_S256)
                .build(session.getContext().getRealm().getName(), back(session, asked(session))))
        .build();
  }

  /** To Keycloak's page that asks whether to log out, and from there to the login. */
  static String end(KeycloakSession session) {
    return realm(session)
        .path("protocol/openid-connect/logout")
        .queryParam(OAuth2Constants.CLIENT_ID, Constants.ACCOUNT_CONSOLE_CLIENT_ID)
        .queryParam(CONFIRMED, "{redirect}")
        .build(session.getContext().getRealm().getName(), back(session, ""))
        .toString();
  }

  /** The address of a page, without anything at the end. */
  static URI page(KeycloakSession session, String path) {
    return URI.create(
        realm(session).path(PortalFactory.ID).build(session.getContext().getRealm().getName())
            + path);
  }

  private static String back(KeycloakSession session, String path) {
    return realm(session).path(RETURN).build(session.getContext().getRealm().getName()) + path;
  }

  /** The path of the current request within the pages; the first one if it is unusual. */
  private static String asked(KeycloakSession session) {
    return within(session, PortalFactory.ID);
  }

  /** What follows a name in the path of the current request; empty if it is unusual. */
  static String within(KeycloakSession session, String name) {
    String path = session.getContext().getUri().getRequestUri().getRawPath();
    String pages =
        realm(session).build(session.getContext().getRealm().getName()).getRawPath() + "/" + name;
    String rest = path.startsWith(pages) ? path.substring(pages.length()) : "";
    return rest.matches("(/[A-Za-z0-9_-]{1,80}){1,8}") ? rest : "";
  }

  private static UriBuilder realm(KeycloakSession session) {
    return session.getContext().getUri().getBaseUriBuilder().path("realms/{realm}");
  }

  private static String random() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(SecretGenerator.getInstance().randomBytes(CHALLENGE));
  }
}
