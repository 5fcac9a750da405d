package io.github.fapipack.authenticator;

import io.github.fapipack.keycloak.Order;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;

/**
 * Keycloak's {@code client-secret} authenticator, which also handles public clients, with the
 * realm's rules asked first.
 */
public final class SecretAuthentication extends ClientIdAndSecretAuthenticator {

  @Override
  public void authenticateClient(ClientAuthenticationFlowContext context) {
    ClientAuthenticationGate.pass(context, getId(), super::authenticateClient);
  }

  /** Above Keycloak's own authenticator with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
