package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.directory.DirectoryPoll;
import io.github.fapipack.ecosystem.EcosystemClient;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.participants.AlreadyRegistered;
import io.github.fapipack.participants.NewSoftware;
import io.github.fapipack.participants.Participants;
import io.github.fapipack.participants.Search;
import io.github.fapipack.participants.Software;
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
import java.util.List;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;
import org.keycloak.util.JsonSerialization;

/**
 * {@code /admin/realms/{realm}/fapi/participants}: the software of an ecosystem's organisations,
 * its clients and states, and what an administrator can do about them.
 */
public final class ParticipantsResource {

  private static final String RESOURCE_TYPE = "FAPI_PARTICIPANT";
  private static final int LARGEST_PAGE = 500;

  private final AdminRequest admin;
  private final Participants participants;

  ParticipantsResource(AdminRequest admin) {
    this.admin = admin;
    this.participants = Participants.of(admin.session());
  }

  /**
   * One page, sorted by the names of organisation and software.
   *
   * @param organisation as a participant names it, for those of that organisation alone
   * @param search a part of an id, a name or a client_id
   * @param state {@code active}, {@code suspended}, {@code withdrawn} or {@code removed}
   * @param registered {@code true} for software with a client, {@code false} for the rest of the
   *     directory's list, {@code any} for both
   */
  @GET
  public Response list(
      @QueryParam("organisation") String organisation,
      @QueryParam("search") String search,
      @QueryParam("state") String state,
      @QueryParam("registered") @DefaultValue("true") String registered,
      @QueryParam("first") @DefaultValue("0") int first,
      @QueryParam("max") @DefaultValue("50") int max) {
    admin.requireView();
    Parameters.allow(
        admin.session(), "organisation", "search", "state", "registered", "first", "max");
    Search wanted =
        new Search(
            organisation == null ? null : key(organisation),
            SentParticipant.search(search),
            state == null ? null : SentParticipant.state(state, ParticipantState.values()),
            registered.equals("any") ? null : Parameters.flag("registered", registered));
    ParticipantText text = new ParticipantText(admin);
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.put("realm", admin.realm().getName());
    answer.set("ecosystem", text.ecosystem());
    answer.set("available", text.available());
    answer.set("directory", text.directory(participants));
    answer.set("counts", text.counts(participants));
    answer.put("total", participants.count(wanted));
    List<Software> page =
        participants.page(wanted, Math.max(0, first), Math.min(Math.max(1, max), LARGEST_PAGE));
    ArrayNode entries = answer.putArray("participants");
    text.list(page).forEach(entries::add);
    return JsonAnswer.ok(answer);
  }

  private static String key(String organisation) {
    if (!SentParticipant.isRow(organisation)) {
      throw ErrorResponse.error("there is no such organisation", Status.BAD_REQUEST);
    }
    return organisation;
  }

  /** Puts an existing client under the control of the directory. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response add(String body) {
    admin.requireManage();
    Parameters.allow(admin.session());
    SentParticipant sent = SentParticipant.of(body);
    ClientModel client = admin.realm().getClientById(sent.id("clientUuid"));
    if (client == null) {
      throw ErrorResponse.error("the realm has no such client", Status.NOT_FOUND);
    }
    admin.auth().clients().requireManage(client);
    if (participants.byClient(client).isPresent()) {
      throw ErrorResponse.error("the client belongs to a software already", Status.CONFLICT);
    }
    NewSoftware software =
        new NewSoftware(
            sent.id("softwareId"),
            sent.text("softwareName"),
            sent.id("organisationId"),
            sent.text("organisationName"),
            List.of(),
            null,
            null,
            null,
            null);
    try {
      participants.register(software, client);
    } catch (AlreadyRegistered e) {
      admin.session().getTransactionManager().setRollbackOnly();
      throw ErrorResponse.error("the software has a client already", Status.CONFLICT);
    }
    client.setAttribute(EcosystemClient.ASSIGNED, software.softwareId());
    ObjectNode said = JsonSerialization.createObjectNode().put("clientId", client.getClientId());
    said.put("softwareId", software.softwareId()).put("organisationId", software.organisationId());
    note(OperationType.CREATE, said);
    return one(participants.byClient(client).orElseThrow());
  }

  /** Suspends or withdraws a software, or lifts what an administrator has decided. */
  @POST
  @Path("{id}/state")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decide(@PathParam("id") String id, String body) {
    admin.requireManage();
    Parameters.allow(admin.session());
    SentParticipant sent = SentParticipant.of(body);
    ParticipantState state = sent.decision();
    String reason = SentParticipant.reason(sent.text("reason"), state);
    Software before = software(id);
    requireManage(before);
    Software after = participants.decide(id, state, reason, administrator()).orElseThrow();
    note(OperationType.UPDATE, said(after, state, reason));
    return one(after);
  }

  /**
   * The same for all software of an organisation.
   *
   * @param id member {@code organisationKey} of a participant
   */
  @POST
  @Path("organisations/{id}/state")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response decideOrganisation(@PathParam("id") String id, String body) {
    admin.requireManage();
    Parameters.allow(admin.session());
    SentParticipant sent = SentParticipant.of(body);
    ParticipantState state = sent.decision();
    String reason = SentParticipant.reason(sent.text("reason"), state);
    if (!SentParticipant.isRow(id)
        || !participants.decideOrganisation(id, state, reason, administrator())) {
      throw unknown();
    }
    note(
        OperationType.UPDATE,
        JsonSerialization.createObjectNode()
            .put("organisationKey", id)
            .put("state", state.jsonName())
            .put("reason", reason));
    return Response.noContent().build();
  }

  /** Deletes the client of a software, which cannot register again until this is lifted. */
  @DELETE
  @Path("{id}")
  public Response remove(@PathParam("id") String id, @QueryParam("reason") String sentReason) {
    admin.requireManage();
    Parameters.allow(admin.session(), "reason");
    String reason = SentParticipant.reason(sentReason, ParticipantState.REMOVED);
    Software before = software(id);
    requireManage(before);
    Software after =
        participants.decide(id, ParticipantState.REMOVED, reason, administrator()).orElseThrow();
    note(OperationType.DELETE, said(after, ParticipantState.REMOVED, reason));
    return Response.noContent().build();
  }

  /**
   * Reads the directory's list now.
   *
   * @param force whether a list is applied that would end many participants at once
   */
  @POST
  @Path("refresh")
  public Response refresh(@QueryParam("force") @DefaultValue("false") String force) {
    admin.requireManage();
    Parameters.allow(admin.session(), "force");
    boolean forced = Parameters.flag("force", force);
    ParticipantText text = new ParticipantText(admin);
    if (!text.hasList()) {
      throw ErrorResponse.error(
          "the realm's ecosystem has no list of participants", Status.NOT_FOUND);
    }
    if (!DirectoryPoll.now(
        admin.session().getKeycloakSessionFactory(), admin.realm().getId(), forced)) {
      throw ErrorResponse.error("the list is being read just now; try again", Status.CONFLICT);
    }
    note(OperationType.ACTION, JsonSerialization.createObjectNode().put("force", forced));
    ObjectNode answer = JsonSerialization.createObjectNode();
    answer.set("directory", text.directory(participants));
    return JsonAnswer.ok(answer);
  }

  private Response one(Software software) {
    return JsonAnswer.ok(new ParticipantText(admin).list(List.of(software)).get(0));
  }

  private Software software(String id) {
    return Optional.of(id)
        .filter(SentParticipant::isRow)
        .flatMap(participants::byRow)
        .orElseThrow(ParticipantsResource::unknown);
  }

  private void requireManage(Software software) {
    ClientModel client =
        software.clientUuid() == null ? null : admin.realm().getClientById(software.clientUuid());
    if (client != null) {
      admin.auth().clients().requireManage(client);
    }
  }

  private String administrator() {
    UserModel user = admin.auth().adminAuth().getUser();
    return user == null ? null : user.getUsername();
  }

  private static ObjectNode said(Software software, ParticipantState state, String reason) {
    return JsonSerialization.createObjectNode()
        .put("softwareId", software.softwareId())
        .put("organisationId", software.organisationId())
        .put("state", state.jsonName())
        .put("reason", reason);
  }

  private void note(OperationType operation, ObjectNode said) {
    admin
        .event()
        .resource(RESOURCE_TYPE)
        .operation(operation)
        .resourcePath(admin.session().getContext().getUri())
        .representation(said)
        .success();
  }

  private static RuntimeException unknown() {
    return ErrorResponse.error("there is no such participant", Status.NOT_FOUND);
  }
}
