package io.github.fapipack.rest;

import io.github.fapipack.authority.Search;
import io.github.fapipack.authority.Use;
import io.github.fapipack.rest.SchemeBodies.SentCertificateRequest;
import io.github.fapipack.rest.SchemeBodies.SentDecision;
import io.github.fapipack.rest.SchemeBodies.SentPublicKey;
import io.github.fapipack.rest.SchemeBodies.SentSoftware;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.Map;
import org.keycloak.services.ErrorResponse;

/** {@code …/scheme/software/{id}}: one software, its keys and certificates. */
public final class SchemeSoftwareResource {

  private final SchemeRequest request;
  private final String id;

  SchemeSoftwareResource(SchemeRequest request, String id) {
    this.request = request;
    this.id = id;
  }

  /** The software. */
  @GET
  public Response read() {
    return request.view(desk -> desk.softwareById(id));
  }

  /** Changes what the organisation says of it. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(String body) {
    SentSoftware sent = SchemeRequest.read(body, SentSoftware.class);
    long version = SchemeBodies.version(sent.version());
    return request.change(desk -> desk.change(id, version, sent.data()));
  }

  /** Decides about the software. */
  @POST
  @Path("decision")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decide(String body) {
    SentDecision sent = SchemeRequest.read(body, SentDecision.class);
    long version = SchemeBodies.version(sent.version());
    return request.change(desk -> desk.decideSoftware(id, version, sent.decided(), sent.reason()));
  }

  /** A new statement about it. */
  @POST
  @Path("statement")
  public Response statement() {
    return request.change(desk -> Map.of("statement", desk.statement(id)));
  }

  /** Its keys, also those that are revoked. */
  @GET
  @Path("keys")
  public Response keys() {
    return request.view(desk -> desk.keys(desk.softwareById(id).organisationId(), id));
  }

  /** Publishes a key. */
  @POST
  @Path("keys")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response addKey(String body) {
    SentPublicKey sent = SchemeRequest.read(body, SentPublicKey.class);
    return request.change(
        desk -> desk.addKey(desk.softwareById(id).organisationId(), id, sent.key()));
  }

  /** Its certificates, latest first. */
  @GET
  @Path("certificates")
  public Response certificates(
      @QueryParam("first") @DefaultValue("0") String first,
      @QueryParam("max") @DefaultValue("50") String max) {
    Parameters.allow(request.admin().session(), "first", "max");
    return request.view(
        desk ->
            desk.certificates(
                Search.ofSoftware(desk.softwareById(id).id()),
                SchemeRequest.first(first),
                SchemeRequest.max(max)));
  }

  /** Issues a certificate. */
  @POST
  @Path("certificates")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response issue(String body) {
    SentCertificateRequest sent = SchemeRequest.read(body, SentCertificateRequest.class);
    return request.change(desk -> desk.order(id, use(sent.use()), sent.request()));
  }

  private static Use use(String name) {
    return Arrays.stream(Use.values())
        .filter(use -> use.jsonName().equals(name))
        .findFirst()
        .orElseThrow(
            () -> ErrorResponse.error("use must be transport or signing", Status.BAD_REQUEST));
  }
}
