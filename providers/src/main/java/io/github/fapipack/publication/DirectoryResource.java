package io.github.fapipack.publication;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.scheme.DirectoryAddresses;
import io.github.fapipack.scheme.Publication;
import io.github.fapipack.scheme.PublishedKey;
import io.github.fapipack.scheme.SchemeTemplate;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** The public documents of a directory, and the way to what software can do there. */
public final class DirectoryResource {

  private final KeycloakSession session;
  private final SchemeTemplate template;

  DirectoryResource(KeycloakSession session, SchemeTemplate template) {
    this.session = session;
    this.template = template;
  }

  /** The list of participants. */
  @GET
  @Path("participants")
  public Response participants() {
    return ParticipantList.of(session, template).response(session);
  }

  /** The keys that sign statements, under the name that the template gives to the set. */
  @GET
  @Path("keystore/{name}")
  public Response statementKeys(@PathParam("name") String name) {
    return name.equals(template.keys())
        ? Document.of(StatementKeys.of(session, template.algorithm())).response(session)
        : unknown();
  }

  /** The active keys of an organisation. */
  @GET
  @Path("keystore/{organisation}/application.jwks")
  public Response keys(@PathParam("organisation") String organisation) {
    return keySet(organisation, null, true);
  }

  /** The keys of an organisation that are no longer active. */
  @GET
  @Path("keystore/{organisation}/inactive/application.jwks")
  public Response inactiveKeys(@PathParam("organisation") String organisation) {
    return keySet(organisation, null, false);
  }

  /** The active keys of a software. */
  @GET
  @Path("keystore/{organisation}/{software}/application.jwks")
  public Response softwareKeys(
      @PathParam("organisation") String organisation, @PathParam("software") String software) {
    return keySet(organisation, software, true);
  }

  /** The keys of a software that are no longer active. */
  @GET
  @Path("keystore/{organisation}/{software}/inactive/application.jwks")
  public Response inactiveSoftwareKeys(
      @PathParam("organisation") String organisation, @PathParam("software") String software) {
    return keySet(organisation, software, false);
  }

  private Response keySet(String organisation, String software, boolean active) {
    Optional<List<PublishedKey>> keys =
        Publication.of(session).keys(organisation, software, active);
    if (keys.isEmpty()) {
      return unknown();
    }
    ObjectNode set = JsonNodeFactory.instance.objectNode();
    ArrayNode list = set.putArray("keys");
    keys.get().forEach(key -> list.add(Document.json(key.jwk())));
    return Document.of(set).response(session);
  }

  /** The ecosystem profile for banks that trust this directory. */
  @GET
  @Path("ecosystem-profile")
  public Response ecosystemProfile() {
    return ProfileForBanks.of(session, template, DirectoryAddresses.of(session))
        .map(profile -> Document.of(profile).response(session))
        .orElseGet(DirectoryResource::unknown);
  }

  /** What a software can do with its token. */
  @Path("organisations/{organisation}/softwarestatements/{software}")
  public SoftwareResource software(
      @PathParam("organisation") String organisation, @PathParam("software") String software) {
    return new SoftwareResource(session, organisation, software);
  }

  /** Everything else. */
  @GET
  @Path("{other:.*}")
  public Response other() {
    return unknown();
  }

  private static Response unknown() {
    return Errors.response(Status.NOT_FOUND, "not_found", "the directory has no such document");
  }
}
