package io.github.fapipack.registration;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.trust.RegistrationAddress;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.ClientRegistrationProviderFactory;

/**
 * Registration with a software statement at {@code /clients-registrations/software-statement}, in
 * realms with an ecosystem.
 */
public final class SoftwareStatementRegistration
    implements ClientRegistrationProviderFactory, PlainFactory<ClientRegistrationProvider> {

  @Override
  public ClientRegistrationProvider create(KeycloakSession session) {
    return new SoftwareStatementEndpoint(session);
  }

  @Override
  public String getId() {
    return RegistrationAddress.PROVIDER;
  }
}
