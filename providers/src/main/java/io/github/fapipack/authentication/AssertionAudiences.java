package io.github.fapipack.authentication;

import io.github.fapipack.rule.RequestKey;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Allows several audiences in a client assertion. Keycloak has one switch for all realms of a
 * server, but some realms may require a single audience.
 */
public final class AssertionAudiences {

  /** The id of the client whose assertion may. */
  private static final RequestKey<String> ALLOWED = new RequestKey<>();

  private AssertionAudiences() {}

  /**
   * To be called during a {@code ClientAuthenticationEvent} by a rule that has checked all
   * audiences of the assertion.
   */
  public static void allowSeveral(KeycloakSession session, ClientModel client) {
    ALLOWED.set(session, client.getId());
  }

  public static boolean maySeveral(KeycloakSession session, ClientModel client) {
    return ALLOWED.in(session).filter(client.getId()::equals).isPresent();
  }
}
