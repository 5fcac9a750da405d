package io.github.fapipack.authorization;

import io.github.fapipack.rule.RequestKey;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.OAuth2CodeParser;

/**
 * When an authorization code was issued. Keycloak stores only when the code expires, and its
 * lifespan setting may have changed since; so the time of issue is stored with every code, in every
 * realm.
 */
public final class CodeTime {

  private static final String ISSUED = "fapi.issued";
  private static final RequestKey<String> CURRENT = new RequestKey<>();

  private CodeTime() {}

  public static boolean isCode(String key) {
    return key.startsWith(OAuth2CodeParser.CACHE_KEY_PREFIX);
  }

  /** The notes of a code, with the time of issue added. */
  public static Map<String, String> noted(Map<String, String> notes) {
    Map<String, String> noted = new HashMap<>(notes);
    noted.put(ISSUED, String.valueOf(Time.currentTimeSeconds()));
    return noted;
  }

  /** Keeps the time of issue of the code that the current request redeems. */
  public static void keep(KeycloakSession session, Map<String, String> notes) {
    String issued = notes.get(ISSUED);
    if (issued != null) {
      CURRENT.set(session, issued);
    }
  }

  /** In seconds since 1970; empty for a code that was issued by a release without this note. */
  static OptionalInt ofCurrent(KeycloakSession session) {
    return CURRENT.in(session).stream().mapToInt(Integer::parseInt).findFirst();
  }
}
