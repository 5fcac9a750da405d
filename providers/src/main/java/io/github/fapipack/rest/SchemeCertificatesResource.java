package io.github.fapipack.rest;

import io.github.fapipack.authority.Reason;
import io.github.fapipack.authority.Search;
import io.github.fapipack.rest.SchemeBodies.SentRevocation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.keycloak.services.ErrorResponse;

/** {@code …/scheme/certificates}: the list of all issued certificates. */
public final class SchemeCertificatesResource {

  private final SchemeRequest request;

  SchemeCertificatesResource(SchemeRequest request) {
    this.request = request;
  }

  /** A part of the list, latest first. */
  @GET
  public Response search(
      @QueryParam("search") String search,
      @QueryParam("organisation") String organisation,
      @QueryParam("revoked") String revoked,
      @QueryParam("first") @DefaultValue("0") String first,
      @QueryParam("max") @DefaultValue("50") String max) {
    Parameters.allow(
        request.admin().session(), "search", "organisation", "revoked", "first", "max");
    Boolean only = revoked == null ? null : Parameters.flag("revoked", revoked);
    return request.view(
        desk ->
            desk.certificates(
                new Search(organisation, null, null, only, search),
                SchemeRequest.first(first),
                SchemeRequest.max(max)));
  }

  /** One certificate. */
  @GET
  @Path("{serial}")
  public Response read(@PathParam("serial") String serial) {
    return request.view(desk -> desk.certificate(serial));
  }

  /** Revokes a certificate, for good. */
  @POST
  @Path("{serial}/revocation")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response revoke(@PathParam("serial") String serial, String body) {
    SentRevocation sent = SchemeRequest.read(body, SentRevocation.class);
    return request.change(desk -> desk.revoke(serial, reason(sent.reason())));
  }

  private static Reason reason(String name) {
    return Arrays.stream(Reason.values())
        .filter(reason -> reason.jsonName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                ErrorResponse.error(
                    "reason must be one of "
                        + Arrays.stream(Reason.values())
                            .map(Reason::jsonName)
                            .collect(Collectors.joining(", ")),
                    Status.BAD_REQUEST));
  }
}
