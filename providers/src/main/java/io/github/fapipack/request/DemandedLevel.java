package io.github.fapipack.request;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The level of authentication that one authorization demands: by an essential {@code acr}, by the
 * realm's ecosystem, or by what the user is asked to approve. Keycloak's login flow is told the
 * level before it begins, so that it asks for more than a session if needed. The level is a client
 * note of the authentication session, because these survive a restart of the login.
 */
public final class DemandedLevel {

  private static final String NOTE = "fapi.request.level";

  private static final String BY_SESSION = "fapi.login.by-session";

  private DemandedLevel() {}

  /**
   * Demands that the login has one of these values.
   *
   * @param anyOf no values for no demand
   * @return false if no login of the client can have one; then nothing has changed
   */
  public static boolean demand(
      AuthenticationSessionModel authentication, Collection<String> anyOf) {
    if (anyOf.isEmpty()) {
      return true;
    }
    OptionalInt level = EssentialAcr.lowest(authentication.getClient(), anyOf);
    level.ifPresent(needed -> demand(authentication, needed));
    return level.isPresent();
  }

  /** Demands that the login reaches a level. */
  public static void demand(AuthenticationSessionModel authentication, int level) {
    raise(authentication, NOTE, level);
    raise(authentication, Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, level);
  }

  private static void raise(AuthenticationSessionModel authentication, String note, int level) {
    String before = authentication.getClientNote(note);
    if (before == null || Integer.parseInt(before) < level) {
      authentication.setClientNote(note, String.valueOf(level));
    }
  }

  /**
   * Takes over what Keycloak has read from the request. Keycloak ends a login that lacks an
   * essential value with a page of its own, so that the client never gets an answer; and it asks
   * for no level at all if one of several voluntary values is unknown.
   */
  public static void takeOver(AuthenticationSessionModel authentication) {
    String asked = authentication.getClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION);
    if (asked != null) {
      if (Boolean.parseBoolean(
          authentication.getClientNote(Constants.FORCE_LEVEL_OF_AUTHENTICATION))) {
        authentication.removeClientNote(Constants.FORCE_LEVEL_OF_AUTHENTICATION);
        demand(authentication, essential(authentication, Integer.parseInt(asked)));
      } else {
        EssentialAcr.lowest(authentication.getClient(), voluntary(authentication))
            .ifPresent(
                level ->
                    authentication.setClientNote(
                        Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, String.valueOf(level)));
      }
    }
    // What was demanded before Keycloak read the request.
    String demanded = authentication.getClientNote(NOTE);
    if (demanded != null) {
      demand(authentication, Integer.parseInt(demanded));
    }
  }

  private static int essential(AuthenticationSessionModel authentication, int asked) {
    List<String> values =
        AcrUtils.getRequiredAcrValues(authentication.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM));
    return EssentialAcr.lowest(authentication.getClient(), values).orElse(asked);
  }

  private static List<String> voluntary(AuthenticationSessionModel authentication) {
    String values = authentication.getClientNote(OIDCLoginProtocol.ACR_PARAM);
    return AcrUtils.getAcrValues(
            authentication.getClientNote(OIDCLoginProtocol.CLAIMS_PARAM),
            values,
            authentication.getClient())
        .stream()
        .flatMap(value -> Arrays.stream(value.split(" ")))
        .toList();
  }

  /** Notes that nobody logged in because there was a session; Keycloak forgets it at the end. */
  public static void keepBySession(AuthenticationSessionModel authentication) {
    authentication.setAuthNote(BY_SESSION, "true");
  }

  /** The level that a login has reached. */
  public static int reached(KeycloakSession session, AuthenticationSessionModel authentication) {
    int level =
        new AcrStore(session, authentication).getLevelOfAuthenticationFromCurrentAuthentication();
    if (level >= Constants.MINIMUM_LOA) {
      return level;
    }
    // The levels that Keycloak gives to a login flow without levels.
    return Boolean.parseBoolean(authentication.getAuthNote(AuthenticationManager.SSO_AUTH))
            || authentication.getAuthNote(BY_SESSION) != null
        ? 0
        : 1;
  }

  /** Whether a login has reached the level that was demanded. */
  public static boolean isReached(
      KeycloakSession session, AuthenticationSessionModel authentication) {
    String level = authentication.getClientNote(NOTE);
    return level == null || Integer.parseInt(level) <= reached(session, authentication);
  }
}
