package io.github.fapipack.grantmanagement;

import io.github.fapipack.resource.TokenHolder;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * The caller of the Grant Management API: a confidential client, for itself or for a user.
 *
 * @param user for whom the client acts; empty for a token from client credentials
 */
@Clause({"GM 5.1-1", "GM 6.1-1", "GM 6.6-3"})
record GrantManagementCaller(ClientModel client, Optional<UserModel> user) {

  /**
   * The caller, who must have a valid access token with the scope.
   *
   * @throws WebApplicationException 401 or 403 with a challenge (RFC 6750 3)
   */
  static GrantManagementCaller authenticate(KeycloakSession session, String scope) {
    TokenHolder holder = TokenHolder.authenticate(session, scope);
    if (holder.client().isPublicClient()) {
      throw holder.insufficient("grants are managed by confidential clients only");
    }
    return new GrantManagementCaller(holder.client(), holder.person());
  }
}
