package io.github.fapipack.portal;

import org.keycloak.models.UserSessionModel;

/** A message about what was done, for the next page that the visitor sees. */
final class News {

  private static final String NOTE = "fapi.scheme.news";

  private News() {}

  /**
   * @param key of a text
   */
  static void leave(UserSessionModel userSession, String key) {
    userSession.setNote(NOTE, key);
  }

  /** The key of the text, once; null if there is nothing new. */
  static String take(UserSessionModel userSession) {
    String key = userSession.getNote(NOTE);
    if (key != null) {
      userSession.removeNote(NOTE);
    }
    return key;
  }
}
