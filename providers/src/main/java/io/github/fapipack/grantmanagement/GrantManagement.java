package io.github.fapipack.grantmanagement;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Whether a realm's clients can manage grants.
 *
 * @param enabled realm attribute {@code fapi.grant-management}
 * @param actionRequired whether every authorization request must contain {@code
 *     grant_management_action}: realm attribute {@code fapi.grant-management-action-required}
 *     (Grant Management 7.1)
 */
public record GrantManagement(boolean enabled, boolean actionRequired) {

  /** The attribute that switches it on. */
  public static final String ENABLED = "fapi.grant-management";

  private static final String ACTION_REQUIRED = "fapi.grant-management-action-required";

  /** The settings of a realm; off by default. */
  public static GrantManagement of(RealmModel realm) {
    return new GrantManagement(
        Boolean.parseBoolean(realm.getAttribute(ENABLED)),
        Boolean.parseBoolean(realm.getAttribute(ACTION_REQUIRED)));
  }

  /**
   * Whether a realm has the client scopes for querying grants, which remain after Grant Management
   * was switched off.
   */
  public static boolean isPrepared(RealmModel realm) {
    return KeycloakModelUtils.getClientScopeByName(realm, GrantManagementEndpoint.REVOKE_SCOPE)
        != null;
  }

  /**
   * Whether grants can be queried and revoked: also true while grants exist in a realm where no new
   * ones can be created.
   */
  static boolean isOpen(KeycloakSession session, RealmModel realm) {
    return of(realm).enabled()
        || (isPrepared(realm) && session.getProvider(Grants.class).any(realm));
  }
}
