package io.github.fapipack.consent;

import io.github.fapipack.rule.JsonName;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How a user answered in one tab, kept as long as the same page may be open in another one: the
 * login is over by then, and Keycloak has deleted it.
 */
final class Answers {

  /** How the user answered. */
  enum Answer {
    APPROVED,
    REFUSED;

    /** The key of the text for the other tab. */
    String key() {
      return WORDS + JsonName.of(this);
    }
  }

  /** The prefix of the message keys; each text also has a title with the suffix {@code .title}. */
  static final String WORDS = "fapi.answered.";

  private static final String KEY = "fapi.answered.";
  private static final String ANSWER = "answer";

  /** Seconds. */
  private static final long LONGEST = 3_600;

  private Answers() {}

  /** Keeps an answer. */
  static void keep(
      KeycloakSession session, AuthenticationSessionModel authentication, Answer answer) {
    session
        .singleUseObjects()
        .put(
            key(authentication.getRealm(), authentication.getTabId()),
            Math.min(LONGEST, Math.max(60, authentication.getRealm().getAccessCodeLifespanLogin())),
            Map.of(ANSWER, answer.name()));
  }

  /**
   * The answer that was given in a tab.
   *
   * @param tabId as the browser sent it; empty result if it is not a valid id
   */
  static Optional<Answer> of(KeycloakSession session, RealmModel realm, String tabId) {
    if (tabId == null || !tabId.matches("[A-Za-z0-9_-]{6,40}")) {
      return Optional.empty();
    }
    Map<String, String> kept = session.singleUseObjects().get(key(realm, tabId));
    return Optional.ofNullable(kept).map(notes -> Answer.valueOf(notes.get(ANSWER)));
  }

  private static String key(RealmModel realm, String tabId) {
    return KEY + realm.getId() + "." + tabId;
  }
}
