package io.github.fapipack.consent;

import io.github.fapipack.keycloak.PlainFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves the user's page of grants at {@code /realms/{realm}/fapi-grants}. */
public final class GrantsPageFactory
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  static final String ID = "fapi-grants";

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new GrantsPage(session);
  }

  @Override
  public String getId() {
    return ID;
  }
}
