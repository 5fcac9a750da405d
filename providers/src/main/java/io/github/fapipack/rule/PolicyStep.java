package io.github.fapipack.rule;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/** A rule, or any executor, with its configuration: one step of a client policy. */
public interface PolicyStep {
  void run(KeycloakSession session, ClientPolicyContext context) throws ClientPolicyException;
}
