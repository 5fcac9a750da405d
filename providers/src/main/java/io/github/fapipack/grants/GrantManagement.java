package io.github.fapipack.grants;

import org.keycloak.models.RealmModel;

/**
 * Whether a realm lets its clients manage grants.
 *
 * @param enabled realm attribute {@code fapi.grant-management}
 * @param actionRequired whether every authorization request must say what it does to a grant: realm
 *     attribute {@code fapi.grant-management-action-required} (Grant Management 7.1)
 */
public record GrantManagement(boolean enabled, boolean actionRequired) {

  private static final String ENABLED = "fapi.grant-management";
  private static final String ACTION_REQUIRED = "fapi.grant-management-action-required";

  /** The settings of a realm; off where nothing is said. */
  public static GrantManagement of(RealmModel realm) {
    return new GrantManagement(
        Boolean.parseBoolean(realm.getAttribute(ENABLED)),
        Boolean.parseBoolean(realm.getAttribute(ACTION_REQUIRED)));
  }
}
