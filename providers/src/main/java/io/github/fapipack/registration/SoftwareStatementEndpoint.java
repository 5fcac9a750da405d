package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.Credentials;
import io.github.fapipack.ecosystem.EcosystemProfile;
import io.github.fapipack.ecosystem.EcosystemProfiles;
import io.github.fapipack.ecosystem.RegistrationRules.ClientId;
import io.github.fapipack.ecosystem.RegistrationRules.ManagementToken;
import io.github.fapipack.ecosystem.RegistrationRules.Mode;
import io.github.fapipack.participants.AlreadyRegistered;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.registration.SoftwareAuth.RefusedRegistration;
import io.github.fapipack.rule.OAuthError;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.trust.Admission;
import io.github.fapipack.trust.RegistrationAddress;
import io.github.fapipack.trust.RegistrationEnvelope;
import io.github.fapipack.trust.SoftwareClient;
import io.github.fapipack.trust.SoftwareStatement;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;

/**
 * Registration of software for which the directory of the realm's ecosystem vouches (RFC 7591
 * 3.1.1), and the management of its client (RFC 7592). What is checked, and in which order, is in
 * {@link Admission}; the rules for any client are asked by Keycloak's registration, which stores
 * the client.
 */
public final class SoftwareStatementEndpoint implements ClientRegistrationProvider {

  private static final String JOSE = "application/jose";
  private static final String JWT = "application/jwt";
  private static final String REGISTRATION_TOKEN = "registration_access_token";

  private final KeycloakSession session;
  private final MetadataFormat format;
  private final ExtendedRegistration keycloak;
  private SoftwareAuth auth;

  SoftwareStatementEndpoint(KeycloakSession session) {
    this.session = session;
    this.format = new MetadataFormat(session);
    this.keycloak = new ExtendedRegistration(session);
  }

  /** Takes one request, and says how it is answered. */
  private interface Work {
    ResponseBuilder answer(EcosystemProfile profile)
        throws ClientPolicyException, AlreadyRegistered;
  }

  @POST
  @Consumes({MediaType.APPLICATION_JSON, JOSE, JWT})
  @Produces(MediaType.APPLICATION_JSON)
  public Response register(String body) {
    return answer(EventType.CLIENT_REGISTER, profile -> register(profile, body));
  }

  @GET
  @Path("{clientId}")
  @Produces(MediaType.APPLICATION_JSON)
  public Response get(@PathParam("clientId") String clientId) {
    return answer(
        EventType.CLIENT_INFO,
        profile -> {
          requireManaged(profile, "GET", clientId);
          return describe(profile, keycloak.getOIDC(clientId));
        });
  }

  @PUT
  @Path("{clientId}")
  @Consumes({MediaType.APPLICATION_JSON, JOSE, JWT})
  @Produces(MediaType.APPLICATION_JSON)
  public Response update(@PathParam("clientId") String clientId, String body) {
    return answer(EventType.CLIENT_UPDATE, profile -> update(profile, clientId, body));
  }

  @DELETE
  @Path("{clientId}")
  public Response delete(@PathParam("clientId") String clientId) {
    return answer(
        EventType.CLIENT_DELETE,
        profile -> {
          ManagementAccess.lock(session, requireManaged(profile, "DELETE", clientId));
          return Response.fromResponse(keycloak.deleteOIDC(clientId));
        });
  }

  private ResponseBuilder register(EcosystemProfile profile, String body)
      throws ClientPolicyException, AlreadyRegistered {
    Admission admission = admission(profile, body, null);
    SoftwareStatement statement = admission.statement();
    RegistrationRequest request = request(profile, admission);
    format.checkResponseTypes(request.known().getResponseTypes());
    if (profile.registration().clientId() == ClientId.SOFTWARE_ID) {
      keycloak.named(statement.softwareId());
    }
    Response answer = keycloak.with(request).createOIDC(request.known());
    ClientModel client = session.getContext().getClient();
    try {
      Participants.of(session).register(NewParticipant.of(admission), client);
    } catch (AlreadyRegistered e) {
      admission.refuseDuplicate();
    }
    admission.useUp();
    return describe(profile, answer);
  }

  private ResponseBuilder update(EcosystemProfile profile, String clientId, String body)
      throws ClientPolicyException {
    ClientModel client = requireManaged(profile, "PUT", clientId);
    Admission admission = admission(profile, body, client);
    if (!clientId.equals(admission.metadata().path("client_id").asText())) {
      throw new Refusal(
          "invalid_client_metadata",
          "client_id must be that of the client",
          "send the client_id of the registration");
    }
    // RFC 7592 2.2: these are the server's; it gives them again.
    admission
        .metadata()
        .remove(
            List.of(
                REGISTRATION_TOKEN,
                "registration_client_uri",
                "client_secret_expires_at",
                "client_id_issued_at"));
    RegistrationRequest request = request(profile, admission);
    ManagementAccess.lock(session, client);
    Response answer = keycloak.with(request).withOwnScopes().updateOIDC(clientId, request.known());
    if (!Participants.of(session).update(NewParticipant.of(admission), client)) {
      throw ManagementAccess.gone();
    }
    admission.useUp();
    return describe(profile, answer);
  }

  private Admission admission(EcosystemProfile profile, String body, ClientModel client)
      throws ClientPolicyException {
    Admission admission =
        new Admission(
            session, profile, envelope(profile, body), Credentials.certificates(session), client);
    admission.check();
    return admission;
  }

  private RegistrationEnvelope envelope(EcosystemProfile profile, String body) throws Refusal {
    MediaType type = session.getContext().getRequestHeaders().getMediaType();
    boolean isJson = type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE);
    if (isJson != (profile.registration().mode() == Mode.JSON)) {
      throw new Refusal(
          "invalid_request",
          "the Content-Type is not that of registrations in this ecosystem",
          isJson ? "send a signed JWT as " + JWT + " or " + JOSE : "send JSON",
          Status.UNSUPPORTED_MEDIA_TYPE);
    }
    return isJson ? RegistrationEnvelope.json(body) : RegistrationEnvelope.signed(body);
  }

  /** Reads the accepted metadata, and lets Keycloak's registration store them. */
  private RegistrationRequest request(EcosystemProfile profile, Admission admission)
      throws Refusal {
    RegistrationRequest request = format.read(admission.metadata().toString());
    Map<String, String> attributes = new HashMap<>(request.additional());
    attributes.putAll(SoftwareClient.attributes(profile, admission.statement()));
    new Vouched(
            SoftwareClient.attributes(profile, admission.statement()).keySet(),
            admission.attachedScopes(),
            admission.hasScopesOfRoles())
        .use(session);
    return new RegistrationRequest(request.known(), attributes);
  }

  private ClientModel requireManaged(EcosystemProfile profile, String method, String clientId)
      throws ClientPolicyException {
    return new ManagementAccess(session, profile, auth).require(method, clientId);
  }

  /** A description of the client in the format of RFC 7591 3.2.1. */
  private ResponseBuilder describe(EcosystemProfile profile, Response answer) throws Refusal {
    ObjectNode members = format.complete(answer).orElseThrow(ManagementAccess::gone);
    String clientId = members.path("client_id").textValue();
    ClientModel client = session.getContext().getRealm().getClientByClientId(clientId);
    if (client == null) {
      throw ManagementAccess.gone();
    }
    URI address = URI.create(RegistrationAddress.of(session, clientId));
    members.put("registration_client_uri", address.toString());
    if (members.has(OAuth2Constants.SCOPE)) {
      members.put(
          OAuth2Constants.SCOPE, profile.shownScopes(members.path(OAuth2Constants.SCOPE).asText()));
    }
    members.put("software_id", client.getAttribute(SoftwareClient.SOFTWARE));
    members.put("software_statement", client.getAttribute(SoftwareClient.STATEMENT));
    if (profile.registration().management().authentication()
        != ManagementToken.REGISTRATION_ACCESS_TOKEN) {
      members.remove(REGISTRATION_TOKEN);
    } else if (!members.has(REGISTRATION_TOKEN)) {
      members.put(REGISTRATION_TOKEN, auth.getToken());
    }
    ResponseBuilder response = Response.fromResponse(answer).entity(members);
    return answer.getStatus() == Status.CREATED.getStatusCode()
        ? response.location(address)
        : response;
  }

  private Response answer(EventType type, Work work) {
    getEvent().event(type);
    try {
      return work.answer(profile()).build();
    } catch (ClientPolicyException e) {
      return refuse(e);
    } catch (RefusedRegistration e) {
      return refuse(e.refusal());
    } catch (AlreadyRegistered e) {
      throw new IllegalStateException(e);
    } catch (WebApplicationException e) {
      session.getTransactionManager().setRollbackOnly();
      throw e;
    }
  }

  private EcosystemProfile profile() throws Refusal {
    EcosystemProfiles ecosystem = EcosystemProfiles.of(session);
    if (!ecosystem.isNamed() || RealmRules.of(session).isEmpty()) {
      throw new NotFoundException("Client registration provider not found");
    }
    return ecosystem
        .inUse()
        .filter(profile -> profile.registration().mode() != Mode.CLOSED)
        .orElseThrow(
            () ->
                new Refusal(
                    "access_denied",
                    "registration is closed",
                    "ask the operator of this server",
                    Status.FORBIDDEN));
  }

  private Response refuse(ClientPolicyException refusal) {
    session.getTransactionManager().setRollbackOnly();
    getEvent().detail(Details.REASON, refusal.getErrorDetail()).error(refusal.getError());
    ResponseBuilder response = OAuthError.response(refusal);
    if (refusal instanceof Refusal ours) {
      ours.headers().forEach(response::header);
    }
    return response.build();
  }

  @Override
  public void setAuth(ClientRegistrationAuth ignored) {
    auth = new SoftwareAuth(session, keycloak, getEvent());
    keycloak.setAuth(auth);
  }

  @Override
  public ClientRegistrationAuth getAuth() {
    return auth;
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
