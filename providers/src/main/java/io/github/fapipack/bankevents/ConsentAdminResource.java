package io.github.fapipack.bankevents;

import io.github.fapipack.bridge.ConsentId;
import io.github.fapipack.bridge.ServiceSettings;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code /admin/realms/{realm}/fapi/consents}: the bank ends a consent. The caller needs the role
 * {@code manage-fapi-consents} and a sender-constrained access token.
 */
@Clause("CB 4-4")
public final class ConsentAdminResource {

  private static final String RESOURCE_TYPE = "FAPI_CONSENT";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;
  private final AdminEventBuilder event;

  public ConsentAdminResource(
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
   * Ends a consent at once; HTTP 204 also if it has ended before, 404 if no client has ever named
   * it.
   *
   * @param id the id, in which a slash may be encoded or not
   */
  @POST
  @Path("{id:.+}/revoke")
  public Response revoke(@PathParam("id") String id) {
    SenderConstraint.require(session, auth.adminAuth().getToken());
    if (!auth.hasOneAdminRole(ConsentRole.NAME)) {
      throw ErrorResponse.error(
          "ending a consent requires the role " + ConsentRole.NAME, Status.FORBIDDEN);
    }
    if (ServiceSettings.of(realm).isEmpty()
        || !ConsentId.isValid(id)
        || !new BankRevocation(session, realm).end(id)) {
      throw ErrorResponse.error("no client has named this consent", Status.NOT_FOUND);
    }
    event
        .operation(OperationType.ACTION)
        .resource(RESOURCE_TYPE)
        .resourcePath(session.getContext().getUri())
        .success();
    return Response.noContent().build();
  }
}
