package io.github.fapipack.authentication;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Lets a client assertion have several audiences. Keycloak has one switch for that for all realms
 * of a server, of which some may demand a single one.
 */
public final class AssertionAudiences {

  private static final String ATTRIBUTE = AssertionAudiences.class.getName();

  private AssertionAudiences() {}

  /**
   * To be called during a {@code ClientAuthenticationEvent} by a rule that has looked at every
   * audience of the assertion.
   */
  public static void allowSeveral(KeycloakSession session, ClientModel client) {
    session.setAttribute(ATTRIBUTE, client.getId());
  }

  public static boolean maySeveral(KeycloakSession session, ClientModel client) {
    return client.getId().equals(session.getAttribute(ATTRIBUTE));
  }
}
