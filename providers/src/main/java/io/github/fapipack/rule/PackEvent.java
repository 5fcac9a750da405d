package io.github.fapipack.rule;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientModelContext;

/**
 * An occasion for which Keycloak has no client-policy event of its own. It travels through the same
 * policies and conditions as Keycloak's events.
 */
public interface PackEvent extends ClientModelContext {

  /**
   * The enumeration cannot be extended. So our events use the one constant to which no condition
   * and no executor of Keycloak reacts. Rules distinguish events by their type.
   */
  @Override
  default ClientPolicyEvent getEvent() {
    return ClientPolicyEvent.TOKEN_REVOKE_RESPONSE;
  }

  /**
   * Whether stored settings of the client are corrected on this occasion. If only a token is
   * judged, the client's settings need not be the cause.
   */
  default boolean concernsSettings() {
    return true;
  }

  /**
   * Whether a rule is asked at all; an event that only one rule needs is not sent to the others.
   */
  default boolean concerns(Rule<?> rule) {
    return true;
  }

  /**
   * Whether a rule refuses even where it, or the realm, only reports. This is for what did not
   * exist without the rules: then nobody depends on what they refuse.
   */
  default boolean isAlwaysEnforced() {
    return false;
  }

  /**
   * Whether the request is proven to come from {@link #getClient()} and does not just name it.
   * Nothing is stored for a client that is only named. This is called only when there is something
   * to store, so it may verify a signature.
   */
  boolean isProven(KeycloakSession session);
}
