package io.github.fapipack.rule;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.securityprofile.SecurityProfileProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The client policies and client profiles that hold in a realm, the server's global ones included,
 * as they are stored.
 *
 * @param policies the global ones, then those of the realm
 * @param profiles those of the realm, then the global ones
 * @param fault why what the realm has stored cannot be read, or null; then only a part is here
 */
public record StoredPolicies(
    List<ClientPolicyRepresentation> policies,
    List<ClientProfileRepresentation> profiles,
    IOException fault) {

  /** Those of a realm. */
  public static StoredPolicies of(KeycloakSession session, RealmModel realm) {
    SecurityProfileProvider global = session.getProvider(SecurityProfileProvider.class);
    List<ClientProfileRepresentation> profiles = new ArrayList<>();
    List<ClientPolicyRepresentation> policies = new ArrayList<>(global.getDefaultClientPolicies());
    IOException fault = null;
    try {
      String stored = realm.getAttribute(Constants.CLIENT_PROFILES);
      if (stored != null) {
        profiles.addAll(
            JsonSerialization.readValue(stored, ClientProfilesRepresentation.class).getProfiles());
      }
      stored = realm.getAttribute(Constants.CLIENT_POLICIES);
      if (stored != null) {
        policies.addAll(
            JsonSerialization.readValue(stored, ClientPoliciesRepresentation.class).getPolicies());
      }
    } catch (IOException e) {
      fault = e;
    }
    profiles.addAll(global.getDefaultClientProfiles());
    return new StoredPolicies(policies, profiles, fault);
  }

  public boolean isReadable() {
    return fault == null;
  }
}
