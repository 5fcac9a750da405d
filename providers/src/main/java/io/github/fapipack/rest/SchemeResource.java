package io.github.fapipack.rest;

import io.github.fapipack.rest.SchemeBodies.SentDecision;
import io.github.fapipack.rest.SchemeBodies.SentOrganisation;
import io.github.fapipack.scheme.Desk;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import org.keycloak.services.ErrorResponse;

/**
 * {@code /admin/realms/{realm}/fapi/scheme}: what the operator of a scheme does, for programs.
 * Administrators of the realm may all of it.
 */
public final class SchemeResource {

  private final SchemeRequest request;

  SchemeResource(AdminRequest admin) {
    this.request = new SchemeRequest(admin);
  }

  /** The template of the directory, and the roles that it knows. */
  @GET
  public Response scheme() {
    return request.view(
        desk -> Map.of("template", desk.template().id(), "roles", desk.template().roles()));
  }

  /** The organisations, by name. */
  @GET
  @Path("organisations")
  public Response organisations(
      @QueryParam("search") String search,
      @QueryParam("standing") String standing,
      @QueryParam("first") @DefaultValue("0") String first,
      @QueryParam("max") @DefaultValue("50") String max) {
    Parameters.allow(request.admin().session(), "search", "standing", "first", "max");
    Standing only = standing == null ? null : standing(standing);
    return request.view(
        desk ->
            desk.organisations(search, only, SchemeRequest.first(first), SchemeRequest.max(max)));
  }

  private static Standing standing(String name) {
    return Standing.named(name)
        .orElseThrow(
            () ->
                ErrorResponse.error(
                    "standing must be active, pending, suspended or withdrawn",
                    Status.BAD_REQUEST));
  }

  /** Adds an organisation, which is active at once. */
  @POST
  @Path("organisations")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(String body) {
    return request.change(
        desk -> desk.apply(SchemeRequest.read(body, SentOrganisation.class).data()));
  }

  /** One organisation. */
  @Path("organisations/{id}")
  public SchemeOrganisationResource organisation(@PathParam("id") String id) {
    return new SchemeOrganisationResource(request, id);
  }

  /** One software. */
  @Path("software/{id}")
  public SchemeSoftwareResource software(@PathParam("id") String id) {
    return new SchemeSoftwareResource(request, id);
  }

  /** The certificates. */
  @Path("certificates")
  public SchemeCertificatesResource certificates() {
    return new SchemeCertificatesResource(request);
  }

  /** Revokes a published key, which then is in the set of revoked keys. */
  @DELETE
  @Path("keys/{id}")
  public Response revokeKey(@PathParam("id") String id) {
    return request.change(desk -> desk.revokeKey(id));
  }

  /** The proofs that wait for a decision. */
  @GET
  @Path("proofs")
  public Response proofs(
      @QueryParam("first") @DefaultValue("0") String first,
      @QueryParam("max") @DefaultValue("50") String max) {
    Parameters.allow(request.admin().session(), "first", "max");
    return request.view(
        desk -> desk.pendingProofs(SchemeRequest.first(first), SchemeRequest.max(max)));
  }

  /** The document of a proof, to be stored and not to be opened. */
  @GET
  @Path("proofs/{id}/content")
  public Response content(@PathParam("id") String id) {
    request.admin().requireView();
    byte[] content = request.run(desk -> desk.content(id));
    return Response.ok(content)
        .type(MediaType.APPLICATION_OCTET_STREAM_TYPE)
        .header("Content-Disposition", "attachment; filename=\"" + id + ".pdf\"")
        .header("X-Content-Type-Options", "nosniff")
        .header("Cache-Control", "no-store")
        .build();
  }

  /** Accepts or refuses a proof. */
  @POST
  @Path("proofs/{id}/decision")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decide(@PathParam("id") String id, String body) {
    return request.change(desk -> decide(desk, id, body));
  }

  private static Object decide(Desk desk, String id, String body) {
    SentDecision sent = SchemeRequest.read(body, SentDecision.class);
    return desk.decideProof(id, sent.decided(), sent.reason());
  }
}
