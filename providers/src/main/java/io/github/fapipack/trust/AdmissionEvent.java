package io.github.fapipack.trust;

import io.github.fapipack.rule.PackEvent;
import io.github.fapipack.rule.Rule;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * One step of a registration with a software statement. It is refused in report mode too: without
 * the pack there is no such registration.
 */
record AdmissionEvent(Admission admission, Admission.Step step) implements PackEvent {

  @Override
  public ClientModel getClient() {
    return admission.client();
  }

  @Override
  public boolean concerns(Rule<?> rule) {
    return rule.getClass() == step.rule();
  }

  @Override
  public boolean isAlwaysEnforced() {
    return true;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return false;
  }
}
