package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;

/**
 * The store of grants, in Keycloak's database. Expired grants are not found. Every change is
 * applied to the grant's latest state and locks its row until the session's transaction ends; it is
 * rolled back if the request fails.
 */
public interface Grants extends Provider {

  /**
   * What is consented in one authorization.
   *
   * @param expiresAt seconds since the epoch, or null for never
   */
  record Consented(
      Set<String> scopes,
      Set<String> claims,
      List<ObjectNode> authorizationDetails,
      Long expiresAt) {}

  /**
   * Creates a grant with a new id.
   *
   * @throws GrantLimitExceeded if it is too large, or the user has given the client too many
   */
  Grant create(ClientModel client, UserModel user, Consented consented);

  /** Whether a realm has any active grant. */
  boolean any(RealmModel realm);

  /** An active grant of the realm. */
  Optional<Grant> find(RealmModel realm, String id);

  /**
   * Adds to what was consented before, and increases the generation; empty if the grant is gone. An
   * object of authorization_details replaces an older one with the same type and identifier.
   * Without a new expiry the grant keeps the old one.
   *
   * @throws GrantLimitExceeded if the grant would be too large
   */
  Optional<Grant> merge(RealmModel realm, String id, Consented consented);

  /**
   * Replaces everything that was consented before; empty if the grant is gone.
   *
   * @throws GrantLimitExceeded if the grant would be too large
   */
  Optional<Grant> replace(RealmModel realm, String id, Consented consented);

  /** Makes all tokens of a grant void, without changing the grant. */
  void voidTokens(RealmModel realm, String id);

  /** Revokes a grant, and returns whether it existed. */
  boolean revoke(RealmModel realm, String id);

  /** Revokes all grants that a user has given a client, and returns their number. */
  int revokeAll(RealmModel realm, ClientModel client, UserModel user);

  /** Revokes all grants that anybody has given a client, and returns their number. */
  int revokeAll(RealmModel realm, ClientModel client);

  /** The active grants of a user, latest first; first and max as in Keycloak's admin API. */
  Stream<Grant> ofUser(RealmModel realm, UserModel user, int first, int max);

  /** The active grants of a client, latest first. */
  Stream<Grant> ofClient(RealmModel realm, ClientModel client, int first, int max);

  /** The active grants that a user has given a client, latest first. */
  Stream<Grant> ofUserAndClient(
      RealmModel realm, UserModel user, ClientModel client, int first, int max);
}
