package io.github.fapipack.consent;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves the realm's style sheet at {@code /realms/{realm}/fapi-brand}. */
public final class BrandSheetFactory implements RealmResourceProviderFactory {

  static final String ID = "fapi-brand";

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new BrandSheet(session);
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
