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
   * The enumeration cannot be extended, so our occasions borrow the one event that no condition and
   * no executor of Keycloak reacts to. Rules tell occasions apart by type.
   */
  @Override
  default ClientPolicyEvent getEvent() {
    return ClientPolicyEvent.TOKEN_REVOKE_RESPONSE;
  }

  /**
   * Whether what is stored of the client is set right on this occasion. Where a token alone is
   * judged, the client need not be what is wrong.
   */
  default boolean concernsSettings() {
    return true;
  }

  /** Whether a rule is asked at all; an occasion that is one rule's own does not trouble others. */
  default boolean concerns(Rule<?> rule) {
    return true;
  }

  /**
   * Whether the request is known to be that of {@link #getClient()}, rather than only to say so.
   * Nothing is stored for a client that is merely named; so it is asked only when there is
   * something to store, and may verify a signature.
   */
  boolean isProven(KeycloakSession session);
}
