package io.github.fapipack.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.rule.FirstRules;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientPolicyRepresentation;
import org.keycloak.representations.idm.ClientProfileRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.util.JsonSerialization;

/** A realm's own client profiles and client policies; changes pass Keycloak's checks. */
public final class PolicyDocuments {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final ClientProfilesRepresentation profiles;
  private final ClientPoliciesRepresentation policies;

  private PolicyDocuments(KeycloakSession session, RealmModel realm) throws ClientPolicyException {
    this.session = session;
    this.realm = realm;
    this.profiles = session.clientPolicy().getClientProfiles(realm, false);
    this.policies = session.clientPolicy().getClientPolicies(realm, false);
  }

  public static PolicyDocuments of(KeycloakSession session, RealmModel realm) {
    try {
      return new PolicyDocuments(session, realm);
    } catch (ClientPolicyException e) {
      throw new IllegalStateException("The realm's client policies cannot be read", e);
    }
  }

  public List<ClientProfileRepresentation> profiles() {
    return profiles.getProfiles() == null ? List.of() : profiles.getProfiles();
  }

  public List<ClientPolicyRepresentation> policies() {
    return policies.getPolicies() == null ? List.of() : policies.getPolicies();
  }

  /** A profile or policy as JSON; null if there is none with that name. */
  public JsonNode find(Where.Kind kind, String name) {
    Object found =
        kind == Where.Kind.profile
            ? profiles().stream()
                .filter(p -> Objects.equals(p.getName(), name))
                .findFirst()
                .orElse(null)
            : policies().stream()
                .filter(p -> Objects.equals(p.getName(), name))
                .findFirst()
                .orElse(null);
    return found == null ? null : JsonSerialization.mapper.valueToTree(found);
  }

  /** Whether a policy uses a profile. */
  public boolean isUsed(String profile) {
    return policies().stream()
        .anyMatch(policy -> policy.getProfiles() != null && policy.getProfiles().contains(profile));
  }

  /**
   * Adds at the end, so that the pack's entries do not take precedence over those of an
   * administrator.
   */
  public void add(Where.Kind kind, JsonNode value) {
    if (kind == Where.Kind.profile) {
      profiles
          .getProfiles()
          .add(JsonSerialization.mapper.convertValue(value, ClientProfileRepresentation.class));
    } else {
      policies
          .getPolicies()
          .add(JsonSerialization.mapper.convertValue(value, ClientPolicyRepresentation.class));
    }
    save(kind);
  }

  public void remove(Where.Kind kind, String name) {
    if (kind == Where.Kind.profile) {
      profiles.getProfiles().removeIf(profile -> Objects.equals(profile.getName(), name));
    } else {
      policies.getPolicies().removeIf(policy -> Objects.equals(policy.getName(), name));
    }
    save(kind);
  }

  private void save(Where.Kind kind) {
    FirstRules.planned(session); // the plan lists the further changes, which can be undone
    try {
      if (kind == Where.Kind.profile) {
        session.clientPolicy().updateClientProfiles(realm, profiles);
      } else {
        session.clientPolicy().updateClientPolicies(realm, policies);
      }
    } catch (ClientPolicyException e) {
      throw new IllegalStateException("Keycloak refuses " + kind + ": " + e.getErrorDetail(), e);
    }
  }
}
