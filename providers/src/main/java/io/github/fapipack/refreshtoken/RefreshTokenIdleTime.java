package io.github.fapipack.refreshtoken;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.SessionExpirationUtils;
import org.keycloak.representations.RefreshToken;

/**
 * How long one refresh token may rest. A token that stays the same cannot carry this in its {@code
 * exp}; so the client session remembers when each was last used. The client session's own idle time
 * would not do: another authorization of the client in the same browser keeps that alive.
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
   * Whether the token was left unused for too long. Keycloak gives offline tokens an end only where
   * the realm limits offline sessions; elsewhere they live as long as the session does.
   */
  boolean isOver(RefreshToken token) {
    boolean limited =
        !userSession.isOffline() || userSession.getRealm().isOfflineSessionMaxLifespanEnabled();
    return limited && Time.currentTimeSeconds() > end(lastUse(token));
  }

  /** When the token has to be used next, in seconds since the epoch. */
  long end(RefreshToken token) {
    return end(lastUse(token));
  }

  /** Notes that the token is used now, and forgets tokens that nobody has used for too long. */
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

  /** When the idle time ends that began at the given second. */
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
