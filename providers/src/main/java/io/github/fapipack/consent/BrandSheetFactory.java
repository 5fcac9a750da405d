package io.github.fapipack.consent;

import io.github.fapipack.keycloak.PlainFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Serves the realm's style sheet at {@code /realms/{realm}/fapi-brand}. */
public final class BrandSheetFactory
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  static final String ID = "fapi-brand";

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new BrandSheet(session);
  }

  @Override
  public String getId() {
    return ID;
  }
}
