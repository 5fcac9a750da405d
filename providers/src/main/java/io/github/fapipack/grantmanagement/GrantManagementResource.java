package io.github.fapipack.grantmanagement;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Adds {@code /realms/{realm}/grants} to realms that offer Grant Management or have grants. */
public final class GrantManagementResource implements RealmResourceProviderFactory {

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new RealmResourceProvider() {
      @Override
      public Object getResource() {
        return GrantManagement.isOpen(session, session.getContext().getRealm())
            ? new GrantManagementEndpoint(session)
            : null;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return GrantManagementEndpoint.PATH;
  }
}
