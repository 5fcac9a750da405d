package io.github.fapipack.consent;

import io.github.fapipack.keycloak.PlainResource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/** The realm's colours and logo as a style sheet, for pages that allow no other styles. */
public final class BrandSheet implements PlainResource {

  private final KeycloakSession session;

  BrandSheet(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public Object getResource() {
    return this;
  }

  /** Public: it contains only what every page of the realm shows. */
  @GET
  @Produces("text/css")
  public Response css() {
    return Response.ok(new Brand(session).css(), "text/css;charset=utf-8")
        .header("Cache-Control", "public, max-age=60")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }
}
