package io.github.fapipack.rule;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderEvent;

/**
 * A realm without rules of the pack got its first ones. Tools that manage a realm by the admin API
 * create the realm first and add its policies later.
 *
 * @param session its context may have another realm
 */
public record FirstRules(KeycloakSession session, RealmModel realm) implements ProviderEvent {

  private static final String PLANNED = FirstRules.class.getName();

  /**
   * Suppresses this event for rules that are added in this session: whoever adds them decides what
   * follows.
   */
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
