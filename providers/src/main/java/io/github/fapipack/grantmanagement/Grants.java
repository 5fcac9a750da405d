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
 * The store of grants, in Keycloak's database. A grant that has expired is not found any more.
 * Every change is made on the grant's latest state, and holds the grant's row until the session's
 * transaction ends: it counts once that is committed, and is undone when the request fails.
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
   * @throws GrantLimitExceeded when it is too large, or the user has given the client too many
   */
  Grant create(ClientModel client, UserModel user, Consented consented);

  /** Whether a realm has any living grant. */
  boolean any(RealmModel realm);

  /** A living grant of the realm. */
  Optional<Grant> find(RealmModel realm, String id);

  /**
   * Adds to what was consented before, and raises the generation; empty when it is gone. An object
   * of authorization_details takes the place of an older one with the same type and identifier. The
   * grant gets the new expiry, or keeps the old one when there is none.
   *
   * @throws GrantLimitExceeded when the grant would be too large
   */
  Optional<Grant> merge(RealmModel realm, String id, Consented consented);

  /**
   * Puts what is consented now in the place of all before; empty when it is gone.
   *
   * @throws GrantLimitExceeded when the grant would be too large
   */
  Optional<Grant> replace(RealmModel realm, String id, Consented consented);

  /** Makes all tokens of a grant void, and leaves the grant itself as it is. */
  void voidTokens(RealmModel realm, String id);

  /** Ends a grant, and says whether it was there. */
  boolean revoke(RealmModel realm, String id);

  /** Ends all that a user lets a client do, and says how many grants that were. */
  int revokeAll(RealmModel realm, ClientModel client, UserModel user);

  /** The living grants of a user, latest first; first and max as in Keycloak's admin API. */
  Stream<Grant> ofUser(RealmModel realm, UserModel user, int first, int max);

  /** The living grants of a client, latest first. */
  Stream<Grant> ofClient(RealmModel realm, ClientModel client, int first, int max);

  /** The living grants that a user has given a client, latest first. */
  Stream<Grant> ofUserAndClient(
      RealmModel realm, UserModel user, ClientModel client, int first, int max);
}
