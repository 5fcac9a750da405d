package io.github.fapipack.rule;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/**
 * Everything that the pack keeps for the rest of the current request, in one attribute of
 * Keycloak's session. A class reads and writes its own value with a private {@link RequestKey}, so
 * that no class depends on what another one keeps.
 *
 * <p>Life cycle: Keycloak creates one session for each HTTP request, and further sessions for jobs
 * that run in their own transaction. The state is created with the first value that is set in a
 * session, is visible in that session only, and ends with it. It is never stored or sent to another
 * node. Like the session, it is used by one thread. Data that must outlive the request belongs in
 * the notes of the login, in the authorization code or in a token.
 *
 * <p>Attributes that Keycloak's own code reads or writes, such as the claims of a request object,
 * remain attributes of the session under Keycloak's names.
 */
final class RequestState {

  private static final String ATTRIBUTE = RequestState.class.getName();

  private final Map<RequestKey<?>, Object> values = new HashMap<>();

  private RequestState() {}

  /** The value under a key; null if there is none. */
  static Object get(KeycloakSession session, RequestKey<?> key) {
    RequestState state = session.getAttribute(ATTRIBUTE, RequestState.class);
    return state == null ? null : state.values.get(key);
  }

  /** Keeps a value under a key; null removes what is there. */
  static void put(KeycloakSession session, RequestKey<?> key, Object value) {
    RequestState state = session.getAttribute(ATTRIBUTE, RequestState.class);
    if (state == null) {
      state = new RequestState();
      session.setAttribute(ATTRIBUTE, state);
    }
    if (value == null) {
      state.values.remove(key);
    } else {
      state.values.put(key, value);
    }
  }
}
