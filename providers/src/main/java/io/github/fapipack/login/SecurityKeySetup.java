package io.github.fapipack.login;

import io.github.fapipack.keycloak.Dispensable;
import io.github.fapipack.keycloak.Order;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.KeycloakSession;

/** Keycloak's set-up of a security key, without reading the truststore at each login. */
public final class SecurityKeySetup extends WebAuthnRegisterFactory implements Dispensable {

  private final AttestationTrust trust = new AttestationTrust();

  @Override
  public RequiredActionProvider create(KeycloakSession session) {
    return createProvider(session, trust.verifier(session));
  }

  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }
}
