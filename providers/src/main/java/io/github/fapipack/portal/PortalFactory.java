package io.github.fapipack.portal;

import io.github.fapipack.keycloak.PlainFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves the pages of a scheme's directory at {@code /realms/{realm}/fapi-scheme}. */
public final class PortalFactory
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  static final String ID = "fapi-scheme";

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new Portal(session);
  }

  @Override
  public String getId() {
    return ID;
  }
}
