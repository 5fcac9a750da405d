package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bridge.EndedBy;
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
   * @param consentId the consent of the bank, or null
   * @param managed whether the client uses Grant Management
   */
  record Consented(
      Set<String> scopes,
      Set<String> claims,
      List<ObjectNode> authorizationDetails,
      Long expiresAt,
      String consentId,
      boolean managed) {

    /** Without a consent of the bank, for a client that uses Grant Management. */
    public Consented(
        Set<String> scopes,
        Set<String> claims,
        List<ObjectNode> authorizationDetails,
        Long expiresAt) {
      this(scopes, claims, authorizationDetails, expiresAt, null, true);
    }
  }

  /**
   * Creates a grant with a new id. If the user has already given the client a grant for the same
   * consent of the bank, that grant is replaced.
   *
   * @throws GrantLimitExceeded if it is too large, or the user has given the client too many
   * @throws ConsentTaken if the consent is that of another grant
   */
  Grant create(ClientModel client, UserModel user, Consented consented);

  /** Whether a realm has any active grant. */
  boolean any(RealmModel realm);

  /** An active grant of the realm. */
  Optional<Grant> find(RealmModel realm, String id);

  /** The active grant that stands for a consent of the bank; there is at most one. */
  Optional<Grant> ofConsent(RealmModel realm, String consentId);

  /**
   * An active grant, which nobody can change or revoke until the session's transaction ends: a
   * token that is issued meanwhile was issued before the revocation.
   */
  Optional<Grant> hold(RealmModel realm, String id);

  /**
   * Adds to what was consented before, and increases the generation; empty if the grant is gone. An
   * object of authorization_details replaces an older one with the same type and identifier.
   * Without a new expiry the grant keeps the old one.
   *
   * @throws GrantLimitExceeded if the grant would be too large
   * @throws ConsentTaken if the consent is that of another grant, or the grant is for another one
   */
  Optional<Grant> merge(RealmModel realm, String id, Consented consented);

  /**
   * Replaces everything that was consented before; empty if the grant is gone.
   *
   * @throws GrantLimitExceeded if the grant would be too large
   * @throws ConsentTaken if the consent is that of another grant
   */
  Optional<Grant> replace(RealmModel realm, String id, Consented consented);

  /** Makes all tokens of a grant void, without changing the grant. */
  void voidTokens(RealmModel realm, String id);

  /**
   * Revokes a grant, and returns whether it existed. A consent of the bank for which it stands ends
   * with it, and the bank's consent service is told, now and in the two methods below.
   */
  boolean revoke(RealmModel realm, String id, EndedBy by);

  /**
   * Ends a consent of the bank, which the bank knows, and revokes its grant.
   *
   * @return the grant, if the consent had one
   */
  Optional<Grant> endConsent(RealmModel realm, String consentId);

  /** Revokes all grants that a user has given a client, and returns their number. */
  int revokeAll(RealmModel realm, ClientModel client, UserModel user, EndedBy by);

  /** Revokes all grants that anybody has given a client, and returns their number. */
  int revokeAll(RealmModel realm, ClientModel client, EndedBy by);

  /** The active grants of a user, latest first; first and max as in Keycloak's admin API. */
  Stream<Grant> ofUser(RealmModel realm, UserModel user, int first, int max);

  /** The active grants of a client, latest first. */
  Stream<Grant> ofClient(RealmModel realm, ClientModel client, int first, int max);

  /** The active grants that a user has given a client, latest first. */
  Stream<Grant> ofUserAndClient(
      RealmModel realm, UserModel user, ClientModel client, int first, int max);
}
