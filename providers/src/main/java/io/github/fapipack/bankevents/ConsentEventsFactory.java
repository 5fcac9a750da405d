package io.github.fapipack.bankevents;

import io.github.fapipack.bridge.ServiceSettings;
import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.PlainResource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Adds {@code /realms/{realm}/fapi-consents} to realms that name a consent service. */
public final class ConsentEventsFactory
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return (PlainResource) () -> resource(session);
  }

  private static ConsentEventsResource resource(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    return realm.isEnabled() && ServiceSettings.of(realm).isPresent()
        ? new ConsentEventsResource(session)
        : null;
  }

  @Override
  public String getId() {
    return "fapi-consents";
  }
}
