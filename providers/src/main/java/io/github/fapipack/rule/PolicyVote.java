package io.github.fapipack.rule;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyVote;

/** A condition with its configuration, which votes on whether a client policy applies. */
public interface PolicyVote {
  ClientPolicyVote of(KeycloakSession session, ClientPolicyContext context)
      throws ClientPolicyException;
}
