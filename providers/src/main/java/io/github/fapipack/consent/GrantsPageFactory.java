package io.github.fapipack.consent;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves the user's page of grants at {@code /realms/{realm}/fapi-grants}. */
public final class GrantsPageFactory implements RealmResourceProviderFactory {

  static final String ID = "fapi-grants";

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new GrantsPage(session);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return ID;
  }
}
