package io.github.fapipack.keycloak;

import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.protocol.oidc.utils.OAuth2CodeParser;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Marks the authorization code that Keycloak makes next. Of all that Keycloak writes into a code,
 * the {@code resource} is the one member that nothing else derives from, so it carries the mark as
 * well; {@link #restored} takes it off again.
 */
public final class MarkedCode {

  /** What each mark begins with. */
  public static final String PREFIX = "fapi-approval:";

  private MarkedCode() {}

  /**
   * To be called when the response is about to be made.
   *
   * @param mark begins with {@link #PREFIX} and has no space
   */
  public static void markNext(AuthenticationSessionModel authentication, String mark) {
    String resource = resource(authentication.getClientNote(OAuth2Constants.RESOURCE));
    authentication.setClientNote(
        OAuth2Constants.RESOURCE, resource == null ? mark : mark + " " + resource);
  }

  /** The mark that a code carries, without spending the code; empty for one that carries none. */
  public static Optional<String> mark(KeycloakSession session, String code) {
    int end = code == null ? -1 : code.indexOf('.');
    if (end < 0) {
      return Optional.empty();
    }
    Map<String, String> stored =
        session.singleUseObjects().get(OAuth2CodeParser.CACHE_KEY_PREFIX + code.substring(0, end));
    String carried = stored == null ? null : OAuth2Code.deserializeCode(stored).getResource();
    return Optional.ofNullable(carried)
        .filter(resource -> resource.startsWith(PREFIX))
        .map(resource -> resource.split(" ", 2)[0]);
  }

  /** The code as the client's request alone would have made it. */
  public static OAuth2Code restored(OAuth2Code code) {
    return new OAuth2Code(
        code.getId(),
        code.getClientUUID(),
        code.getExpiration(),
        code.getNonce(),
        code.getScope(),
        resource(code.getResource()),
        code.getRedirectUriParam(),
        code.getCodeChallenge(),
        code.getCodeChallengeMethod(),
        code.getDpopJkt(),
        code.getUserSessionId());
  }

  /** The client's own resource indicator, or null. */
  private static String resource(String carried) {
    if (carried == null || !carried.startsWith(PREFIX)) {
      return carried;
    }
    String[] parts = carried.split(" ", 2);
    return parts.length == 2 ? parts[1] : null;
  }
}
