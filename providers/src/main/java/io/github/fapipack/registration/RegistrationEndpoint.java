package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.RealmRules;
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
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.oidc.DescriptionConverter;
import org.keycloak.util.JsonSerialization;

/**
 * Keycloak's registration endpoint with the client metadata that Keycloak does not know: it parses
 * and checks them, lets Keycloak do the rest, and adds them to Keycloak's response.
 */
@Clause({"RFC9701 6-1", "FAPI2-MS 5.3.3-p3.1", "RFC7591 2-4"})
public final class RegistrationEndpoint implements ClientRegistrationProvider {

  private final KeycloakSession session;
  private final ExtendedRegistration keycloak;

  RegistrationEndpoint(KeycloakSession session) {
    this.session = session;
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
    RegistrationRequest request = read(body);
    checkResponseTypes(request.known().getResponseTypes());
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
    RegistrationRequest request = read(body);
    return complete(keycloak.with(request).withOwnScopes().updateOIDC(clientId, request.known()));
  }

  @DELETE
  @Path("{clientId}")
  public Response delete(@PathParam("clientId") String clientId) {
    return keycloak.deleteOIDC(clientId);
  }

  private RegistrationRequest read(String body) {
    try {
      RegistrationRequest request =
          RegistrationRequest.parse(body, !RealmRules.of(session).isEmpty());
      SigningMetadataCheck.check(session, request.additional());
      if (request.known().getJwksUri() == null) {
        SigningMetadataCheck.checkKeys(
            request.additional(), request.additional().get(SentKeySet.STORED));
      }
      checkConvertible(request.known());
      return request;
    } catch (Refusal refusal) {
      throw failure(refusal);
    }
  }

  /** Keycloak converts them into two switches, and cannot distinguish some combinations. */
  private void checkResponseTypes(List<String> types) {
    Optional<List<String>> served = ServedResponseTypes.of(session);
    if (types != null
        && served.isPresent()
        && !types.stream().allMatch(type -> ServedResponseTypes.has(served.get(), type))) {
      throw failure(
          ProposedClient.refusal(
              "response_types must contain only " + String.join(", ", served.get())));
    }
  }

  private ErrorResponseException failure(Refusal refusal) {
    getEvent().detail(Details.REASON, refusal.getErrorDetail()).error(refusal.getError());
    return new ErrorResponseException(
        refusal.getError(), refusal.getErrorDetail(), Response.Status.BAD_REQUEST);
  }

  /** Keycloak does not report these faults, or answers with a server error. */
  private void checkConvertible(OIDCClientRepresentation known) throws Refusal {
    try {
      DescriptionConverter.toInternal(session, known);
    } catch (RuntimeException e) {
      throw ProposedClient.refusal("the metadata are not consistent, or hold an unreadable key");
    }
  }

  /** The registered client, with the additional metadata that are in effect. */
  private Response complete(Response answer) {
    if (!(answer.getEntity() instanceof OIDCClientRepresentation known)) {
      return answer;
    }
    ClientModel client = session.getContext().getRealm().getClientByClientId(known.getClientId());
    ObjectNode members = (ObjectNode) JsonSerialization.writeValueAsNode(known);
    if (known.getScope() != null) {
      members.put(
          OAuth2Constants.SCOPE, RegisteredScopes.withOpenId(client.getRealm(), known.getScope()));
    }
    ServedResponseTypes.of(session)
        .ifPresent(served -> ServedResponseTypes.retain(members, served));
    for (String name : SigningMetadata.STRINGS) {
      SigningMetadata.of(client, name).ifPresent(value -> members.put(name, value));
    }
    for (String name : SigningMetadata.ARRAYS) {
      SigningMetadata.of(client, name)
          .map(SigningMetadata::values)
          .ifPresent(values -> values.forEach(members.withArray("/" + name)::add));
    }
    RegisteredCertificate.describe(client, members);
    return Response.fromResponse(answer).entity(members).build();
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
