package io.github.fapipack.token;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The id of a user's session, encrypted, so that it can serve as {@code jti}. */
final class SealedSession {

  private static final SealedText TEXT = new SealedText("id_token");

  private SealedSession() {}

  static String seal(KeycloakSession session, RealmModel realm, String id) {
    return TEXT.seal(session, realm, id);
  }

  /** The session's id; empty if the text was not encrypted with a key that the realm still has. */
  static Optional<String> open(KeycloakSession session, RealmModel realm, String text) {
    return TEXT.open(session, realm, text);
  }
}
