package io.github.fapipack.authorization;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.OAuth2CodeParser;

/**
 * When an authorization code was issued. Keycloak keeps when it ends, from which that cannot be
 * told once the realm's settings have changed; so it is noted with every code, in every realm.
 */
public final class CodeTime {

  private static final String ISSUED = "fapi.issued";

  private CodeTime() {}

  public static boolean isCode(String key) {
    return key.startsWith(OAuth2CodeParser.CACHE_KEY_PREFIX);
  }

  /** What is stored with a code, and the time. */
  public static Map<String, String> noted(Map<String, String> notes) {
    Map<String, String> noted = new HashMap<>(notes);
    noted.put(ISSUED, String.valueOf(Time.currentTimeSeconds()));
    return noted;
  }

  /** Keeps the time of the code that the current request redeems. */
  public static void keep(KeycloakSession session, Map<String, String> notes) {
    String issued = notes.get(ISSUED);
    if (issued != null) {
      session.setAttribute(ISSUED, issued);
    }
  }

  /** In seconds since 1970; empty for a code from before this was noted. */
  static OptionalInt ofCurrent(KeycloakSession session) {
    String issued = session.getAttribute(ISSUED, String.class);
    return issued == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(issued));
  }
}
