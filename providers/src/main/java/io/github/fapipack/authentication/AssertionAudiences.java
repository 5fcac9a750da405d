package io.github.fapipack.authentication;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Allows several audiences in a client assertion. Keycloak has one switch for all realms of a
 * server, but some realms may require a single audience.
 */
public final class AssertionAudiences {

  private static final String ATTRIBUTE = AssertionAudiences.class.getName();

  private AssertionAudiences() {}

  /**
   * To be called during a {@code ClientAuthenticationEvent} by a rule that has checked all
   * audiences of the assertion.
   */
  public static void allowSeveral(KeycloakSession session, ClientModel client) {
    session.setAttribute(ATTRIBUTE, client.getId());
  }

  public static boolean maySeveral(KeycloakSession session, ClientModel client) {
    return client.getId().equals(session.getAttribute(ATTRIBUTE));
  }
}
