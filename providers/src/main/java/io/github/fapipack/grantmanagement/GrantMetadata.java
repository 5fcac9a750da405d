package io.github.fapipack.grantmanagement;

import io.github.fapipack.rule.Clause;
import java.net.URI;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.representations.OIDCConfigurationRepresentation;
import org.keycloak.services.Urls;

/**
 * The server metadata about Grant Management, in realms that offer it or have offered it before.
 */
@Clause({"GM 6.2-1", "GM 6.2-2", "GM 7.1-1", "GM 7.1-4", "GM 7.1-5"})
public final class GrantMetadata {

  private static final List<String> ACTIONS =
      List.of("query", "revoke", "merge", "replace", "create");

  /** If no new grants can be created, existing ones can still be used. */
  private static final List<String> ACTIONS_ON_EXISTING = List.of("query", "revoke");

  private GrantMetadata() {}

  public static void describe(OIDCConfigurationRepresentation metadata, KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    GrantManagement management = GrantManagement.of(realm);
    if (GrantManagement.isOpen(session, realm)) {
      metadata.setOtherClaims(
          "grant_management_actions_supported",
          management.enabled() ? ACTIONS : ACTIONS_ON_EXISTING);
      metadata.setOtherClaims("grant_management_endpoint", endpoint(session, realm));
      metadata.setOtherClaims(
          "grant_management_action_required", management.enabled() && management.actionRequired());
    }
  }

  private static String endpoint(KeycloakSession session, RealmModel realm) {
    URI base = session.getContext().getUri().getBaseUri();
    return Urls.realmIssuer(base, realm.getName()) + "/" + GrantManagementEndpoint.PATH;
  }
}
