package io.github.fapipack.rule;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.keycloak.models.KeycloakSession;

/**
 * The id of one request that appears in the client's request, the log, events and the list of
 * refusals: the client's own id, if it is a UUID, or a new one. It is chosen before the request is
 * processed.
 */
public final class Interaction {

  /** The header in which clients send it and responses return it. */
  public static final String HEADER = "x-fapi-interaction-id";

  /** Its name in the mapped diagnostic context of log lines, and in the details of events. */
  public static final String KEY = "fapi_interaction_id";

  /**
   * The internal header that carries the chosen id; a value that a client sends under this name is
   * overwritten.
   */
  private static final String DECIDED = "fapi-pack-interaction-id";

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Interaction() {}

  /** Whether a text has the form of an id that clients may choose. */
  public static boolean isId(String text) {
    return text != null && UUID_TEXT.matcher(text).matches();
  }

  /** Chooses the id of the request with these headers. */
  public static void begin(MultivaluedMap<String, String> headers) {
    List<String> sent = headers.get(HEADER);
    boolean usable = sent != null && sent.size() == 1 && isId(sent.get(0));
    String id = usable ? sent.get(0) : UUID.randomUUID().toString();
    headers.putSingle(DECIDED, id);
    MDC.put(KEY, id);
  }

  /** The id of the request with these headers. */
  public static String of(MultivaluedMap<String, String> headers) {
    return headers.getFirst(DECIDED);
  }

  /** The id of the current request; null outside of one. */
  public static String of(KeycloakSession session) {
    try {
      return session.getContext().getRequestHeaders().getHeaderString(DECIDED);
    } catch (RuntimeException e) {
      return null; // no request, such as a scheduled task
    }
  }

  /** Removes the id from the log context. */
  public static void end() {
    MDC.remove(KEY);
  }
}
