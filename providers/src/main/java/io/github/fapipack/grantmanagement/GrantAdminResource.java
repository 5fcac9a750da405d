package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bridge.EndedBy;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.stream.Stream;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code /admin/realms/{realm}/fapi/grants}: administrators view and revoke grants. Whoever may
 * view a user may view the user's grants, and whoever may view a client may view the client's. The
 * names of users, and authorization details about accounts or health, are shown only to those who
 * may view these users as well. Whoever may manage the user or the client may revoke a grant.
 */
public final class GrantAdminResource {

  private static final int LARGEST_PAGE = 500;
  private static final String RESOURCE_TYPE = "FAPI_GRANT";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;
  private final AdminEventBuilder event;

  public GrantAdminResource(
      KeycloakSession session,
      RealmModel realm,
      AdminPermissionEvaluator auth,
      AdminEventBuilder event) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
    this.event = event;
  }

  /**
   * The active grants of a user, of a client, or of both, latest first.
   *
   * @param userId Keycloak's id of the user
   * @param clientId the client_id
   */
  @GET
  public Response list(
      @QueryParam("user") String userId,
      @QueryParam("client") String clientId,
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("100") int max) {
    auth.requireAnyAdminRole();
    UserModel user = userId == null ? null : user(userId);
    ClientModel client = clientId == null ? null : client(clientId);
    if (user != null) {
      auth.users().requireView(user);
    }
    if (client != null) {
      auth.clients().requireView(client);
    }
    ObjectNode answer = GrantText.object();
    answer.withArray("grants");
    page(user, client, Math.max(0, first), Math.min(Math.max(1, max), LARGEST_PAGE))
        .map(this::describe)
        .forEach(answer.withArray("grants")::add);
    return Response.ok(GrantText.write(answer), MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /** Revokes one grant. */
  @DELETE
  @Path("{id}")
  public Response revoke(@PathParam("id") String id) {
    auth.requireAnyAdminRole();
    Grants grants = session.getProvider(Grants.class);
    Grant grant = grants.find(realm, id).orElseThrow(GrantAdminResource::unknown);
    requireManage(grant);
    if (!grants.revoke(realm, id, EndedBy.ADMINISTRATOR)) {
      throw unknown();
    }
    event
        .operation(OperationType.DELETE)
        .resource(RESOURCE_TYPE)
        .resourcePath(session.getContext().getUri())
        .success();
    return Response.noContent().build();
  }

  private Stream<Grant> page(UserModel user, ClientModel client, int first, int max) {
    Grants grants = session.getProvider(Grants.class);
    if (user != null && client != null) {
      return grants.ofUserAndClient(realm, user, client, first, max);
    }
    if (user != null) {
      return grants.ofUser(realm, user, first, max);
    }
    if (client != null) {
      return grants.ofClient(realm, client, first, max);
    }
    throw ErrorResponse.error("name a user, a client, or both", Status.BAD_REQUEST);
  }

  private ObjectNode describe(Grant grant) {
    ObjectNode entry =
        GrantText.object()
            .put("id", grant.id())
            .put("createdAt", grant.createdAt())
            .put("lastUpdated", grant.lastUpdated())
            .put("expiresAt", grant.expiresAt());
    ClientModel client = realm.getClientById(grant.clientId());
    if (client != null && auth.clients().canView(client)) {
      entry.put("clientId", client.getClientId()).put("clientName", client.getName());
    }
    UserModel user = session.users().getUserById(realm, grant.userId());
    boolean userSeen = user == null ? auth.users().canView() : auth.users().canView(user);
    if (user != null && userSeen) {
      entry.put("userId", user.getId()).put("username", user.getUsername());
    }
    entry.put("mayRevoke", mayManage(user, client));
    grant.scopes().forEach(entry.withArray("scopes")::add);
    grant.claims().forEach(entry.withArray("claims")::add);
    ArrayNode details = entry.putArray("authorizationDetails");
    if (userSeen) {
      grant.authorizationDetails().forEach(details::add);
    }
    entry.put("authorizationDetailsHidden", !userSeen && !grant.authorizationDetails().isEmpty());
    return entry;
  }

  private void requireManage(Grant grant) {
    UserModel user = session.users().getUserById(realm, grant.userId());
    ClientModel client = realm.getClientById(grant.clientId());
    if (!mayManage(user, client)) {
      throw ErrorResponse.error(
          "ending a grant requires the permission to manage its user or its client",
          Status.FORBIDDEN);
    }
  }

  private boolean mayManage(UserModel user, ClientModel client) {
    return (user != null && auth.users().canManage(user))
        || (client != null && auth.clients().canManage(client));
  }

  private UserModel user(String id) {
    UserModel user = isText(id) ? session.users().getUserById(realm, id) : null;
    if (user == null) {
      // Administrators who may not search users learn nothing from the response.
      auth.users().requireQuery();
      throw ErrorResponse.error("the realm has no such user", Status.NOT_FOUND);
    }
    return user;
  }

  private ClientModel client(String clientId) {
    ClientModel client = isText(clientId) ? realm.getClientByClientId(clientId) : null;
    if (client == null) {
      auth.clients().requireList();
      throw ErrorResponse.error("the realm has no such client", Status.NOT_FOUND);
    }
    return client;
  }

  /** Databases reject U+0000 in queries. */
  private static boolean isText(String name) {
    return name.indexOf('\0') < 0;
  }

  private static RuntimeException unknown() {
    return ErrorResponse.error(
        "there is no such grant; it may have expired or been revoked", Status.NOT_FOUND);
  }
}
