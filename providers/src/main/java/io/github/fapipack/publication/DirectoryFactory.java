package io.github.fapipack.publication;

import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.PlainResource;
import io.github.fapipack.scheme.DirectoryAddresses;
import io.github.fapipack.scheme.SchemeTemplate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Adds {@code /realms/{realm}/directory} to realms that are a scheme's directory. */
public final class DirectoryFactory
    implements RealmResourceProviderFactory, PlainFactory<RealmResourceProvider> {

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return (PlainResource) () -> resource(session);
  }

  private static DirectoryResource resource(KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    return realm.isEnabled() && realm.isOrganizationsEnabled()
        ? SchemeTemplate.of(realm)
            .map(template -> new DirectoryResource(session, template))
            .orElse(null)
        : null;
  }

  @Override
  public String getId() {
    return DirectoryAddresses.NAME;
  }
}
