package io.github.fapipack.security.authentication;

import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;

/** Keycloak's {@code client-x509} behind the realm's rules. */
public final class CertificateAuthentication extends X509ClientAuthenticator {

  @Override
  public void authenticateClient(ClientAuthenticationFlowContext context) {
    ClientAuthenticationGate.pass(context, getId(), super::authenticateClient);
  }

  /** Above Keycloak's own authenticator of the same id. */
  @Override
  public int order() {
    return 1000;
  }
}
