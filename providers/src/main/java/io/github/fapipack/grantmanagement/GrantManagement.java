package io.github.fapipack.grantmanagement;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Whether a realm lets its clients manage grants.
 *
 * @param enabled realm attribute {@code fapi.grant-management}
 * @param actionRequired whether every authorization request must say what it does to a grant: realm
 *     attribute {@code fapi.grant-management-action-required} (Grant Management 7.1)
 */
public record GrantManagement(boolean enabled, boolean actionRequired) {

  /** The attribute that switches it on. */
  public static final String ENABLED = "fapi.grant-management";

  private static final String ACTION_REQUIRED = "fapi.grant-management-action-required";

  /** The settings of a realm; off where nothing is said. */
  public static GrantManagement of(RealmModel realm) {
    return new GrantManagement(
        Boolean.parseBoolean(realm.getAttribute(ENABLED)),
        Boolean.parseBoolean(realm.getAttribute(ACTION_REQUIRED)));
  }

  /** Whether a realm has what clients need to look at grants, as one that once offered it has. */
  public static boolean isPrepared(RealmModel realm) {
    return KeycloakModelUtils.getClientScopeByName(realm, GrantManagementEndpoint.REVOKE_SCOPE)
        != null;
  }

  /**
   * Whether grants can be looked at and ended: that is so for as long as there are any, also where
   * the realm lets nobody create them any more.
   */
  static boolean isOpen(KeycloakSession session, RealmModel realm) {
    return of(realm).enabled()
        || (isPrepared(realm) && session.getProvider(Grants.class).any(realm));
  }
}
