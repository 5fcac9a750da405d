package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * What one user lets one client do (Grant Management 1), as it is stored.
 *
 * @param id opaque and unguessable; says nothing about the user
 * @param realmId internal id of the realm
 * @param clientId internal id of the client, not its client_id
 * @param userId internal id of the user
 * @param scopes the scopes consented
 * @param claims names of the OpenID claims consented
 * @param authorizationDetails the objects consented
 * @param createdAt seconds since the epoch
 * @param lastUpdated seconds since the epoch
 * @param expiresAt seconds since the epoch, or null for never
 * @param generation counts merges and replacements; refresh tokens of an earlier one are void
 * @param validFrom the generation of the last replacement; access tokens of an earlier one are void
 * @param consentId the consent of the bank that the grant stands for, or null
 * @param managed whether the client uses Grant Management for it, and so is told its id
 */
public record Grant(
    String id,
    String realmId,
    String clientId,
    String userId,
    Set<String> scopes,
    Set<String> claims,
    List<ObjectNode> authorizationDetails,
    long createdAt,
    long lastUpdated,
    Long expiresAt,
    int generation,
    int validFrom,
    String consentId,
    boolean managed) {

  /** The scopes as in a {@code scope} parameter. */
  public String scope() {
    return String.join(" ", scopes);
  }
}
