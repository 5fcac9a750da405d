package io.github.fapipack.registration;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;

/**
 * Keycloak's registration endpoint with the client metadata that Keycloak does not know: it parses
 * and checks them, lets Keycloak do the rest, and adds them to Keycloak's response.
 */
@Clause({"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1", "RFC7591 2-4"})
public final class RegistrationEndpoint implements ClientRegistrationProvider {

  private final MetadataFormat format;
  private final ExtendedRegistration keycloak;

  RegistrationEndpoint(KeycloakSession session) {
    this.format = new MetadataFormat(session);
    this.keycloak = new ExtendedRegistration(session);
  }

  @OPTIONS
  public Response preflight() {
    return keycloak.preflight();
  }

  @OPTIONS
  @Path("{clientId}")
  public Response preflightClient() {
    return keycloak.preflightClient();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response register(String body) {
    getEvent().event(EventType.CLIENT_REGISTER);
    RegistrationRequest request = read(body, true);
    return complete(keycloak.with(request).createOIDC(request.known()));
  }

  @GET
  @Path("{clientId}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response get(@PathParam("clientId") String clientId) {
    return complete(keycloak.getOIDC(clientId));
  }

  @PUT
  @Path("{clientId}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Response update(@PathParam("clientId") String clientId, String body) {
    getEvent().event(EventType.CLIENT_UPDATE).client(clientId);
    RegistrationRequest request = read(body, false);
    return complete(keycloak.with(request).withOwnScopes().updateOIDC(clientId, request.known()));
  }

  @DELETE
  @Path("{clientId}")
  public Response delete(@PathParam("clientId") String clientId) {
    return keycloak.deleteOIDC(clientId);
  }

  private RegistrationRequest read(String body, boolean isNew) {
    try {
      RegistrationRequest request = format.read(body);
      if (isNew) {
        format.checkResponseTypes(request.known().getResponseTypes());
      }
      return request;
    } catch (Refusal refusal) {
      getEvent().detail(Details.REASON, refusal.getErrorDetail()).error(refusal.getError());
      throw new ErrorResponseException(
          refusal.getError(), refusal.getErrorDetail(), Response.Status.BAD_REQUEST);
    }
  }

  /** The registered client, with the additional metadata that are in effect. */
  private Response complete(Response answer) {
    return format
        .complete(answer)
        .map(members -> Response.fromResponse(answer).entity(members).build())
        .orElse(answer);
  }

  @Override
  public void setAuth(ClientRegistrationAuth auth) {
    keycloak.setAuth(auth);
  }

  @Override
  public ClientRegistrationAuth getAuth() {
    return keycloak.getAuth();
  }

  @Override
  public void setEvent(EventBuilder event) {
    keycloak.setEvent(event);
  }

  @Override
  public EventBuilder getEvent() {
    return keycloak.getEvent();
  }

  @Override
  public void close() {
    keycloak.close();
  }
}
