package io.github.fapipack.authenticator;

import io.github.fapipack.keycloak.Order;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.FederatedJWTClientAuthenticator;

/** Keycloak's {@code federated-jwt} authenticator, with the realm's rules asked first. */
public final class FederatedJwtAuthentication extends FederatedJWTClientAuthenticator {

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
