package io.github.fapipack.rule;

import java.util.IdentityHashMap;
import java.util.Map;
import org.keycloak.models.KeycloakSession;

/**
 * Everything that the code of the pack keeps for the rest of the current request, as one attribute
 * of Keycloak's session. Rooms reach it by a {@link RequestKey} of their own, so that none sees
 * what another one keeps.
 *
 * <p>Life cycle: Keycloak makes one session for each HTTP request, and others for jobs, such as
 * those that run in a transaction of their own. The state begins empty with the first key that is
 * set in a session, is seen in that session alone, and ends with it. It is neither stored nor
 * shared between nodes, and, like the session, belongs to one thread. What must outlive the request
 * goes into the notes of the login, into the code, or into a token.
 *
 * <p>Attributes that Keycloak's own code writes or reads, such as the claims of a request object,
 * stay attributes of the session under Keycloak's names.
 */
final class RequestState {

  private static final String ATTRIBUTE = RequestState.class.getName();

  private final Map<RequestKey<?>, Object> values = new IdentityHashMap<>();

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
