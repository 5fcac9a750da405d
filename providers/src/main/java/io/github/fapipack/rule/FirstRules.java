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

  private static final RequestKey<Boolean> PLANNED = new RequestKey<>();

  /**
   * Suppresses this event for rules that are added in this session: whoever adds them decides what
   * follows.
   */
  public static void planned(KeycloakSession session) {
    PLANNED.set(session, true);
  }

  public static void publish(KeycloakSession session, RealmModel realm, boolean hadRules) {
    if (!hadRules && !PLANNED.isIn(session) && !RealmRules.of(session, realm).isEmpty()) {
      session.getKeycloakSessionFactory().publish(new FirstRules(session, realm));
    }
  }
}
