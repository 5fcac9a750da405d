package io.github.fapipack.keycloak;

import java.util.Arrays;
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

  /** What the mark of an approval begins with. */
  public static final String PREFIX = "fapi-approval:";

  /** What the mark with the facts of the login begins with. */
  public static final String LOGIN = "fapi-login:";

  private MarkedCode() {}

  /** Removes what a client has sent that looks like a mark. */
  public static void removeForeign(AuthenticationSessionModel authentication) {
    String sent = authentication.getClientNote(OAuth2Constants.RESOURCE);
    if (sent != null && isMark(sent)) {
      setResource(authentication, unmarked(sent));
    }
  }

  /**
   * To be called when the response is about to be made. A code has at most one mark of each kind.
   *
   * @param mark begins with {@link #PREFIX} or {@link #LOGIN} and has no space
   */
  public static void markNext(AuthenticationSessionModel authentication, String mark) {
    String resource = authentication.getClientNote(OAuth2Constants.RESOURCE);
    setResource(authentication, resource == null ? mark : mark + " " + resource);
  }

  private static void setResource(AuthenticationSessionModel authentication, String resource) {
    if (resource == null) {
      authentication.removeClientNote(OAuth2Constants.RESOURCE);
    } else {
      authentication.setClientNote(OAuth2Constants.RESOURCE, resource);
    }
  }

  /** The mark of an approval that a code carries, without spending the code, or empty. */
  public static Optional<String> mark(KeycloakSession session, String code) {
    return mark(session, code, PREFIX);
  }

  /**
   * The mark of one kind that a code carries, without spending the code; empty for one that carries
   * none.
   *
   * @param kind {@link #PREFIX} or {@link #LOGIN}
   */
  public static Optional<String> mark(KeycloakSession session, String code, String kind) {
    int end = code == null ? -1 : code.indexOf('.');
    if (end < 0) {
      return Optional.empty();
    }
    Map<String, String> stored =
        session.singleUseObjects().get(OAuth2CodeParser.CACHE_KEY_PREFIX + code.substring(0, end));
    String carried = stored == null ? null : OAuth2Code.deserializeCode(stored).getResource();
    return carried == null
        ? Optional.empty()
        : Arrays.stream(carried.split(" "))
            .takeWhile(MarkedCode::isMark)
            .filter(word -> word.startsWith(kind))
            .findFirst();
  }

  /** The code as the client's request alone would have made it. */
  public static OAuth2Code restored(OAuth2Code code) {
    return new OAuth2Code(
        code.getId(),
        code.getClientUUID(),
        code.getExpiration(),
        code.getNonce(),
        code.getScope(),
        unmarked(code.getResource()),
        code.getRedirectUriParam(),
        code.getCodeChallenge(),
        code.getCodeChallengeMethod(),
        code.getDpopJkt(),
        code.getUserSessionId());
  }

  private static boolean isMark(String word) {
    return word.startsWith(PREFIX) || word.startsWith(LOGIN);
  }

  /** The client's own resource indicator, or null. */
  private static String unmarked(String carried) {
    String rest = carried;
    while (rest != null && isMark(rest)) {
      int end = rest.indexOf(' ');
      rest = end < 0 ? null : rest.substring(end + 1);
    }
    return rest;
  }
}
