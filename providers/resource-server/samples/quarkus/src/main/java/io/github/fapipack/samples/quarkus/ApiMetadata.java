package io.github.fapipack.samples.quarkus;

import io.github.fapipack.resourceserver.FapiResourceServer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** What this API says of itself; the filter answers, but there has to be a method for the path. */
@Path("/.well-known/oauth-protected-resource{path:.*}")
@Produces(MediaType.APPLICATION_JSON)
public class ApiMetadata {
  private final FapiResourceServer api;

  public ApiMetadata(FapiResourceServer api) {
    this.api = api;
  }

  @GET
  public String metadata(@Context UriInfo uri) {
    return api.metadata(uri.getRequestUri().getRawPath()).orElseThrow(NotFoundException::new);
  }
}
