package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.keycloak.models.KeycloakSession;

/** Where somebody applies for an organisation, and where an operator creates one. */
public final class ApplicationPage {

  private final KeycloakSession session;

  ApplicationPage(KeycloakSession session) {
    this.session = session;
  }

  @GET
  public Response form() throws IOException {
    return PortalRequest.read(
        session, request -> request.show(OrganisationForm.empty(request), Trail.of(request)));
  }

  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response apply() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> OrganisationForm.empty(request),
                Trail.of(request),
                () -> {
                  Sent sent = request.sent();
                  Organisation organisation =
                      request
                          .desk()
                          .apply(OrganisationForm.data(sent, OrganisationForm.roles(sent)));
                  return request.done(
                      Addresses.path(organisation),
                      request.desk().access().operator() ? "create.done" : "apply.done");
                }));
  }
}
