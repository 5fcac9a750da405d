package io.github.fapipack.grantmanagement;

import io.github.fapipack.rule.Clause;
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
 * The caller of the Grant Management API: a confidential client, for itself or for a user. The
 * realm's rules have checked the request before; Keycloak's own checks are repeated here, so that
 * they apply in a realm without rules as well.
 *
 * @param user for whom the client acts; empty for a token from client credentials
 */
@Clause({"GM 5.1-1", "GM 6.1-1", "GM 6.6-3"})
record GrantManagementCaller(ClientModel client, Optional<UserModel> user) {

  /**
   * The caller, who must have a valid access token with the scope.
   *
   * @throws WebApplicationException 401 or 403 with a challenge (RFC 6750 3)
   */
  static GrantManagementCaller authenticate(KeycloakSession session, String scope) {
    AuthResult result = verify(session);
    if (!TokenUtil.hasScope(result.token().getScope(), scope)) {
      throw refusal(
          Status.FORBIDDEN,
          scheme(result.token()),
          OAuthErrorException.INSUFFICIENT_SCOPE,
          "the access token lacks the scope " + scope,
          ", scope=\"" + scope + "\"");
    }
    if (result.client().isPublicClient()) {
      throw refusal(
          Status.FORBIDDEN,
          scheme(result.token()),
          OAuthErrorException.INSUFFICIENT_SCOPE,
          "grants are managed by confidential clients only",
          "");
    }
    return new GrantManagementCaller(
        result.client(),
        Optional.of(result.user()).filter(user -> user.getServiceAccountClientLink() == null));
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

  private static WebApplicationException invalidToken(String sentence) {
    return refusal(
        Status.UNAUTHORIZED,
        TokenUtil.TOKEN_TYPE_BEARER,
        OAuthErrorException.INVALID_TOKEN,
        sentence,
        "");
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
