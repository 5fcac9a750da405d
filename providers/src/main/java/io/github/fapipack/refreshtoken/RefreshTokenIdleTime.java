package io.github.fapipack.refreshtoken;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.representations.RefreshToken;

/**
 * How long one refresh token may be unused. A token that stays the same cannot carry this in its
 * {@code exp}; so the client session records when each token was last used. The client session's
 * own idle time is not enough, because another authorization of the client in the same browser
 * extends it.
 */
final class RefreshTokenIdleTime {

  private static final String USED = "fapi.refreshed.";

  private final AuthenticatedClientSessionModel clientSession;
  private final UserSessionModel userSession;

  RefreshTokenIdleTime(AuthenticatedClientSessionModel clientSession) {
    this.clientSession = clientSession;
    this.userSession = clientSession.getUserSession();
  }

  /**
   * Whether the token was unused for too long. Keycloak gives offline tokens an idle limit only if
   * the realm limits offline sessions; otherwise they are valid as long as the session.
   */
  boolean isOver(RefreshToken token) {
    boolean limited =
        !userSession.isOffline() || userSession.getRealm().isOfflineSessionMaxLifespanEnabled();
    return limited && Time.currentTimeSeconds() > end(lastUse(token));
  }

  /** When the token must be used next, in seconds since the epoch. */
  long end(RefreshToken token) {
    return end(lastUse(token));
  }

  /** Records that the token is used now, and removes the records of expired tokens. */
  void restart(RefreshToken token) {
    List.copyOf(clientSession.getNotes().keySet()).stream()
        .filter(note -> note.startsWith(USED))
        .filter(note -> Time.currentTimeSeconds() > end(number(clientSession.getNote(note))))
        .forEach(clientSession::removeNote);
    clientSession.setNote(USED + token.getId(), String.valueOf(Time.currentTimeSeconds()));
  }

  private long lastUse(RefreshToken token) {
    return Math.max(token.getIat(), number(clientSession.getNote(USED + token.getId())));
  }

  /** When an idle time that began at the given second ends. */
  private long end(long begun) {
    return TimeUnit.MILLISECONDS.toSeconds(
        SessionExpirationUtils.calculateClientSessionIdleTimestamp(
            userSession.isOffline(),
            userSession.isRememberMe(),
            TimeUnit.SECONDS.toMillis(begun),
            userSession.getRealm(),
            clientSession.getClient()));
  }

  private static long number(String note) {
    return note == null ? 0 : Long.parseLong(note);
  }
}
