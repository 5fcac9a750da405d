package io.github.fapipack.http;

import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.token.RequireSenderConstrainedToken;
import io.github.fapipack.token.RequireValidDpopProof;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.KeycloakSessionUtil;

/** Refusals of a protected resource (RFC 6750 3, RFC 9449 7.1). */
final class Challenge {

  private static final Set<String> TOKEN_ERRORS =
      Set.of("invalid_token", "invalid_dpop_proof", "use_dpop_nonce");
  private static final String SCOPE_ERROR = "insufficient_scope";

  private static final String DPOP_BOUND = Challenge.class.getName();

  private Challenge() {}

  /** Whether the error concerns the access token or its proof, so that it needs a challenge. */
  static boolean isFor(String error) {
    return TOKEN_ERRORS.contains(error) || SCOPE_ERROR.equals(error);
  }

  /** The HTTP status for an error at a resource, or {@code otherwise} for other errors. */
  static int status(String error, int otherwise) {
    if (TOKEN_ERRORS.contains(error)) {
      return 401;
    }
    return SCOPE_ERROR.equals(error) ? 403 : otherwise;
  }

  /** The challenge that names an error, with the scheme of the token. */
  static String of(
      ContainerRequestContext request, RealmModel realm, String error, String sentence) {
    String details = ", error=\"" + error + "\", error_description=\"" + printable(sentence) + "\"";
    return usesDpop(request) || error.contains("dpop")
        ? dpop(realm, details)
        : bearer(realm, details);
  }

  /** Turns the response into a refusal that names the error. */
  static void write(
      ContainerRequestContext request,
      ContainerResponseContext response,
      RealmModel realm,
      String error,
      String sentence) {
    response.setStatus(status(error, response.getStatus()));
    response
        .getHeaders()
        .putSingle(HttpHeaders.WWW_AUTHENTICATE, of(request, realm, error, sentence));
    OAuthError.write(response, error, sentence);
  }

  /** Adds a challenge for a request without a token (RFC 6750 3.1: without an error). */
  static void invite(ContainerResponseContext response, KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    String dpop = RequireSenderConstrainedToken.takesDpop(session) ? dpop(realm, "") + ", " : "";
    response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, dpop + bearer(realm, ""));
  }

  /** Notes that the request has a token that is bound to a DPoP key. */
  static void noteDpop(ContainerRequestContext request) {
    request.setProperty(DPOP_BOUND, true);
  }

  private static boolean usesDpop(ContainerRequestContext request) {
    String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
    return request.getProperty(DPOP_BOUND) != null
        || (authorization != null && authorization.regionMatches(true, 0, "DPoP ", 0, 5));
  }

  private static String dpop(RealmModel realm, String details) {
    String algorithms =
        String.join(
            " ",
            Algorithms.named(
                RequireValidDpopProof.algorithms(KeycloakSessionUtil.getKeycloakSession(), realm)
                    .algorithms()));
    return "DPoP realm=\"" + realmName(realm) + "\"" + details + ", algs=\"" + algorithms + "\"";
  }

  private static String bearer(RealmModel realm, String details) {
    return "Bearer realm=\"" + realmName(realm) + "\"" + details;
  }

  private static String realmName(RealmModel realm) {
    return printable(realm.getName());
  }

  private static String printable(String text) {
    return text == null ? "" : text.replaceAll("[^\\x20-\\x7e]|[\"\\\\]", "'");
  }
}
