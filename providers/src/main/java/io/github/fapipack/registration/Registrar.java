package io.github.fapipack.registration;

import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.util.TokenUtil;

/** Who registers, updates or reads a client at a registration endpoint. */
final class Registrar {

  private Registrar() {}

  /**
   * Whether the bearer token is that of an administrator who may manage all clients of the realm:
   * one with {@code manage-clients}. Without a token, with an initial or registration access token,
   * or with {@code create-client} alone, the metadata is self-asserted.
   *
   * @param token as verified by Keycloak, without roles that its user does not have
   */
  static boolean isAdministrator(KeycloakSession session, JsonWebToken token) {
    RealmModel realm = session.getContext().getRealm();
    String management =
        realm.getName().equals(Config.getAdminRealm())
            ? realm.getMasterAdminClient().getClientId()
            : Constants.REALM_MANAGEMENT_CLIENT_ID;
    return token instanceof AccessToken bearer
        && TokenUtil.TOKEN_TYPE_BEARER.equals(bearer.getType())
        && Optional.ofNullable(bearer.getResourceAccess(management))
            .filter(access -> access.isUserInRole(AdminRoles.MANAGE_CLIENTS))
            .isPresent();
  }
}
