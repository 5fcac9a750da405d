package io.github.fapipack.grantmanagement;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.PlainResource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Adds {@code /realms/{realm}/grants} to realms that offer Grant Management or have grants. */
public final class GrantManagementResource
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return (PlainResource)
        () ->
            GrantManagement.isOpen(session, session.getContext().getRealm())
                ? new GrantManagementEndpoint(session)
                : null;
  }

  @Override
  public String getId() {
    return GrantManagementEndpoint.PATH;
  }
}
