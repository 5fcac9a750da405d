package io.github.fapipack.grants;

import io.github.fapipack.rule.Clause;
import java.net.URI;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.Urls;

/** What the metadata say of Grant Management, in realms that offer it. */
@Clause({"GM 6.2-1", "GM 6.2-2", "GM 7.1-1", "GM 7.1-4", "GM 7.1-5"})
public final class GrantMetadata {

  private static final List<String> ACTIONS =
      List.of("query", "revoke", "merge", "replace", "create");

  private GrantMetadata() {}

  public static void describe(OIDCConfigurationRepresentation metadata, KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    GrantManagement management = GrantManagement.of(realm);
    if (management.enabled()) {
      metadata.setOtherClaims("grant_management_actions_supported", ACTIONS);
      metadata.setOtherClaims("grant_management_endpoint", endpoint(session, realm));
      metadata.setOtherClaims("grant_management_action_required", management.actionRequired());
    }
  }

  private static String endpoint(KeycloakSession session, RealmModel realm) {
    URI base = session.getContext().getUri().getBaseUri();
    return Urls.realmIssuer(base, realm.getName()) + "/" + GrantManagementEndpoint.PATH;
  }
}
