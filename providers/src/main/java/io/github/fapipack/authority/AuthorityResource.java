package io.github.fapipack.authority;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.PlainResource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** What the authority publishes, below {@code /realms/<realm>/fapi-authority}. */
public final class AuthorityResource
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  static final String ID = "fapi-authority";

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return (PlainResource) () -> Authority.isOn(session) ? new AuthorityEndpoint(session) : null;
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    factory.register(new AuthorityKeeper(factory));
  }

  @Override
  public String getId() {
    return ID;
  }
}
