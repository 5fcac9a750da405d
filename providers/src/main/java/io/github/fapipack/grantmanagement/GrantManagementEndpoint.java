package io.github.fapipack.grantmanagement;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.rule.Clause;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponseException;

/**
 * {@code /realms/{realm}/grants/{grant_id}}, where a client queries or revokes one of its own
 * grants (Grant Management 6). There is no list of grants. A grant of another client, or of another
 * user than the token's, is refused with 403.
 */
@Clause({
  "GM 6-4",
  "GM 6-5",
  "GM 6.1-3",
  "GM 6.1-4",
  "GM 6.3-1",
  "GM 6.4-1",
  "GM 6.4-3",
  "GM 6.5-1",
  "GM 6.6-1",
  "GM 6.6-2",
  "GM 10-1"
})
public final class GrantManagementEndpoint {

  static final String PATH = "grants";
  static final String QUERY_SCOPE = "grant_management_query";
  static final String REVOKE_SCOPE = "grant_management_revoke";

  /** A detail of the revocation event. */
  private static final String GRANT_ID = "grant_id";

  private static final String METHODS =
      String.join(", ", HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE, HttpMethod.OPTIONS);

  private final KeycloakSession session;
  private final RealmModel realm;

  GrantManagementEndpoint(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
  }

  /** Returns the content of a grant (Grant Management 6.4). */
  @GET
  @Path("{id}")
  public Response query(@PathParam("id") String id) {
    Grant grant = grant(GrantManagementCaller.authenticate(session, QUERY_SCOPE), id);
    return uncached(Response.ok(document(grant), MediaType.APPLICATION_JSON_TYPE));
  }

  /** Revokes a grant and all of its tokens (Grant Management 6.5). */
  @DELETE
  @Path("{id}")
  public Response revoke(@PathParam("id") String id) {
    GrantManagementCaller caller = GrantManagementCaller.authenticate(session, REVOKE_SCOPE);
    Grant grant = grant(caller, id);
    if (!session.getProvider(Grants.class).revoke(realm, grant.id(), EndedBy.CLIENT)) {
      throw unknown(); // another request has revoked it meanwhile
    }
    new EventBuilder(realm, session, session.getContext().getConnection())
        .event(EventType.REVOKE_GRANT)
        .client(caller.client())
        .user(grant.userId())
        .detail(GRANT_ID, grant.id())
        .success();
    return uncached(Response.noContent());
  }

  /**
   * The answer to OPTIONS; it lists the methods only, without CORS headers, because scripts of
   * other origins must not use this API.
   */
  @OPTIONS
  @Path("{id}")
  public Response methods() {
    return Response.noContent().header(HttpHeaders.ALLOW, METHODS).build();
  }

  private Grant grant(GrantManagementCaller caller, String id) {
    Grant grant =
        session
            .getProvider(Grants.class)
            .find(realm, id)
            .orElseThrow(GrantManagementEndpoint::unknown);
    Optional<String> user = caller.user().map(UserModel::getId);
    if (!grant.clientId().equals(caller.client().getId())
        || !user.map(grant.userId()::equals).orElse(true)) {
      throw new ErrorResponseException(
          "access_denied", "the grant belongs to another client or user", Status.FORBIDDEN);
    }
    return grant;
  }

  private static ErrorResponseException unknown() {
    return new ErrorResponseException(
        "not_found",
        "there is no such grant; it may have expired or been revoked",
        Status.NOT_FOUND);
  }

  private static String document(Grant grant) {
    ObjectNode document = GrantText.object();
    if (!grant.scopes().isEmpty()) {
      document.withArray("scopes").addObject().put("scope", String.join(" ", grant.scopes()));
    }
    grant.claims().forEach(claim -> document.withArray("claims").add(claim));
    grant
        .authorizationDetails()
        .forEach(object -> document.withArray("authorization_details").add(object));
    document.put("created_at", grant.createdAt()).put("last_updated", grant.lastUpdated());
    if (grant.expiresAt() != null) {
      document.put("expires_at", grant.expiresAt());
    }
    // The content of a grant changes only by requests of the client.
    return GrantText.write(document.put("updated_by", "client"));
  }

  private static Response uncached(Response.ResponseBuilder response) {
    return response.header(HttpHeaders.CACHE_CONTROL, "no-cache, no-store").build();
  }
}
