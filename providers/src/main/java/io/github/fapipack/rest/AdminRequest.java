package io.github.fapipack.rest;

import io.github.fapipack.audit.Audit;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.function.Function;
import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * A request of an administrator to a realm: what it may see and change.
 *
 * @param session the session of the request, whose context has the realm
 * @param auth what the administrator may do
 * @param event the admin event that a change writes
 */
record AdminRequest(
    KeycloakSession session,
    RealmModel realm,
    AdminPermissionEvaluator auth,
    AdminEventBuilder event) {

  void requireView() {
    auth.realm().requireViewRealm();
    auth.clients().requireView();
  }

  void requireManage() {
    auth.realm().requireManageRealm();
    auth.clients().requireManage();
  }

  Audit audit() {
    return new Audit(session, realm, auth.clients()::canView);
  }

  /** The client of that {@code client_id}; HTTP 404 if there is none. */
  ClientModel client(String clientId) {
    ClientModel client = realm.getClientByClientId(clientId);
    if (client == null) {
      throw ErrorResponse.error("the realm has no such client", Status.NOT_FOUND);
    }
    auth.clients().requireView(client);
    return client;
  }

  /** Makes a change under the realm's lock; a failure changes nothing. */
  Response change(Function<ExclusiveChange, Response> work) {
    if (realm.getName().equals(Config.getAdminRealm())) {
      throw ErrorResponse.error(
          "this realm administers the server; a profile would lock its administrators out",
          Status.BAD_REQUEST);
    }
    ExclusiveChange exclusive =
        new ExclusiveChange(session, realm, event, auth.clients()::canManage);
    return exclusive.run(() -> work.apply(exclusive));
  }
}
