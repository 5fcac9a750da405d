package io.github.fapipack.resource;

import io.github.fapipack.rule.OAuthError;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.util.MtlsHoKTokenUtil;
import org.keycloak.util.TokenUtil;

/**
 * The caller of a resource of the pack that needs an access token of the session's realm. The
 * realm's rules have checked the request before; Keycloak's own checks are repeated here, so that
 * they apply in a realm without rules as well.
 */
public record TokenHolder(ClientModel client, UserModel user, AccessToken token) {

  /**
   * The caller, who must have a valid access token with the scope.
   *
   * @throws WebApplicationException 401 or 403 with a challenge (RFC 6750 3)
   */
  public static TokenHolder authenticate(KeycloakSession session, String scope) {
    AuthResult result = verify(session);
    TokenHolder holder = new TokenHolder(result.client(), result.user(), result.token());
    if (!TokenUtil.hasScope(holder.token().getScope(), scope)) {
      throw refusal(
          Status.FORBIDDEN,
          scheme(holder.token()),
          OAuthErrorException.INSUFFICIENT_SCOPE,
          "the access token lacks the scope " + scope,
          ", scope=\"" + scope + "\"");
    }
    return holder;
  }

  /** The person for whom the client acts; empty for a token from client credentials. */
  public Optional<UserModel> person() {
    return Optional.of(user).filter(each -> each.getServiceAccountClientLink() == null);
  }

  /** A refusal of the token because of what it lacks. */
  public WebApplicationException insufficient(String sentence) {
    return refusal(
        Status.FORBIDDEN, scheme(token), OAuthErrorException.INSUFFICIENT_SCOPE, sentence, "");
  }

  /** A refusal of a request because of its token. */
  public static WebApplicationException invalidToken(String sentence) {
    return refusal(
        Status.UNAUTHORIZED,
        TokenUtil.TOKEN_TYPE_BEARER,
        OAuthErrorException.INVALID_TOKEN,
        sentence,
        "");
  }

  private static AuthResult verify(KeycloakSession session) {
    if (session
            .getContext()
            .getHttpRequest()
            .getHttpHeaders()
            .getHeaderString(HttpHeaders.AUTHORIZATION)
        == null) {
      throw invalidToken("send an access token in the Authorization header");
    }
    AuthResult result = null;
    try {
      result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
    } catch (NotAuthorizedException e) {
      // the header does not contain a token
    }
    if (result == null) {
      throw invalidToken("the access token or its proof is not valid");
    }
    AccessToken.Confirmation confirmation = result.token().getConfirmation();
    if (confirmation != null
        && confirmation.getCertThumbprint() != null
        && !MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
            result.token(), session.getContext().getHttpRequest(), session)) {
      throw invalidToken("the access token is bound to another client certificate");
    }
    return result;
  }

  private static String scheme(AccessToken token) {
    return token.getConfirmation() != null && token.getConfirmation().getKeyThumbprint() != null
        ? TokenUtil.TOKEN_TYPE_DPOP
        : TokenUtil.TOKEN_TYPE_BEARER;
  }

  private static WebApplicationException refusal(
      Status status, String scheme, String error, String sentence, String details) {
    return new WebApplicationException(
        OAuthError.response(status, error, sentence)
            .header(
                HttpHeaders.WWW_AUTHENTICATE,
                scheme
                    + " "
                    + OAuth2Constants.ERROR
                    + "=\""
                    + error
                    + "\", "
                    + OAuth2Constants.ERROR_DESCRIPTION
                    + "=\""
                    + sentence
                    + "\""
                    + details)
            .header(HttpHeaders.CACHE_CONTROL, "no-store")
            .build());
  }
}
