package io.github.fapipack.rule;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * Rules of the pack have come to a realm that had none. Tools that manage a realm by the admin API
 * make it first, and bring its policies later.
 *
 * @param session whose context may have another realm
 */
public record FirstRules(KeycloakSession session, RealmModel realm) implements ProviderEvent {

  private static final String PLANNED = FirstRules.class.getName();

  /** Nothing follows from rules that come in this session: whoever adds them has a plan. */
  public static void planned(KeycloakSession session) {
    session.setAttribute(PLANNED, true);
  }

  static void publish(KeycloakSession session, RealmModel realm, boolean hadRules) {
    if (!hadRules
        && session.getAttribute(PLANNED) == null
        && !RealmRules.of(session, realm).isEmpty()) {
      session.getKeycloakSessionFactory().publish(new FirstRules(session, realm));
    }
  }
}
