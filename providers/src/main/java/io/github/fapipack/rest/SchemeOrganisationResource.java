package io.github.fapipack.rest;

import io.github.fapipack.rest.SchemeBodies.SentDecision;
import io.github.fapipack.rest.SchemeBodies.SentOrganisation;
import io.github.fapipack.rest.SchemeBodies.SentPublicKey;
import io.github.fapipack.rest.SchemeBodies.SentSoftware;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code …/scheme/organisations/{id}}: one organisation and what belongs to it. */
public final class SchemeOrganisationResource {

  private final SchemeRequest request;
  private final String id;

  SchemeOrganisationResource(SchemeRequest request, String id) {
    this.request = request;
    this.id = id;
  }

  /** The organisation. */
  @GET
  public Response read() {
    return request.view(desk -> desk.organisation(id));
  }

  /** Changes name, number, country; further roles are applied for. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(String body) {
    SentOrganisation sent = SchemeRequest.read(body, SentOrganisation.class);
    long version = SchemeBodies.version(sent.version());
    return request.change(desk -> desk.change(id, version, sent.data()));
  }

  /** Decides about the organisation. */
  @POST
  @Path("decision")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decide(String body) {
    SentDecision sent = SchemeRequest.read(body, SentDecision.class);
    long version = SchemeBodies.version(sent.version());
    return request.change(desk -> desk.decide(id, version, sent.decided(), sent.reason()));
  }

  /** Decides about a role of the organisation. */
  @PUT
  @Path("roles/{role}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decideRole(@PathParam("role") String role, String body) {
    SentDecision sent = SchemeRequest.read(body, SentDecision.class);
    long version = SchemeBodies.version(sent.version());
    return request.change(
        desk -> desk.decideRole(id, version, role, sent.decided(), sent.reason()));
  }

  /** The software of the organisation. */
  @GET
  @Path("software")
  public Response software() {
    return request.view(desk -> desk.software(id));
  }

  /** Adds a software. */
  @POST
  @Path("software")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(String body) {
    SentSoftware sent = SchemeRequest.read(body, SentSoftware.class);
    return request.change(desk -> desk.add(id, sent.data()));
  }

  /** The keys of the organisation itself. */
  @GET
  @Path("keys")
  public Response keys() {
    return request.view(desk -> desk.keys(id, null));
  }

  /** Publishes a key of the organisation itself. */
  @POST
  @Path("keys")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response addKey(String body) {
    SentPublicKey sent = SchemeRequest.read(body, SentPublicKey.class);
    return request.change(desk -> desk.addKey(id, null, sent.key()));
  }

  /** Members and those who are invited, for whoever may view the realm's users. */
  @GET
  @Path("people")
  public Response people() {
    request.admin().auth().users().requireView();
    return request.view(desk -> desk.people(id));
  }

  /** Proofs of certification. */
  @GET
  @Path("proofs")
  public Response proofs() {
    return request.view(desk -> desk.proofs(id));
  }

  /** What was changed, latest first. */
  @GET
  @Path("events")
  public Response events(
      @QueryParam("first") @DefaultValue("0") String first,
      @QueryParam("max") @DefaultValue("50") String max) {
    Parameters.allow(request.admin().session(), "first", "max");
    return request.view(
        desk -> desk.happenings(id, SchemeRequest.first(first), SchemeRequest.max(max)));
  }
}
