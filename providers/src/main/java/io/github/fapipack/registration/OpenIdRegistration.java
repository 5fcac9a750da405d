package io.github.fapipack.registration;

import io.github.fapipack.keycloak.Order;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.oidc.OIDCClientRegistrationProviderFactory;

/** Dynamic client registration at {@code /clients-registrations/openid-connect}. */
public final class OpenIdRegistration extends OIDCClientRegistrationProviderFactory {

  @Override
  public ClientRegistrationProvider create(KeycloakSession session) {
    return new RegistrationEndpoint(session);
  }

  /** Takes precedence over the factory with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }
}
