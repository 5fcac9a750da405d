package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.PublishedKey;
import io.github.fapipack.scheme.SchemeFault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.keycloak.models.KeycloakSession;

/** The published keys of an organisation or a software. */
public final class KeyPages {

  private final KeycloakSession session;
  private final KeyOwner owner;

  KeyPages(KeycloakSession session, KeyOwner owner) {
    this.session = session;
    this.owner = owner;
  }

  @GET
  public Response show() throws IOException {
    return PortalRequest.read(
        session,
        request ->
            new PortalPage(request, request.words().of("keys.title"), owner.trail(request))
                .add(section(request, owner))
                .render());
  }

  /** The list, for the page of its owner. */
  static Section section(PortalRequest request, KeyOwner owner) {
    Words words = request.words();
    boolean may = request.desk().access().may(owner.organisationId(request), Duty.TECHNICAL);
    Section section = new Section("keys", words.of("keys.title")).paragraph(words.of("keys.what"));
    if (may) {
      section.columns(
          words.of("keys.kid"),
          words.of("keys.added"),
          words.of("field.state"),
          words.of("field.todo"));
    } else {
      section.columns(words.of("keys.kid"), words.of("keys.added"), words.of("field.state"));
    }
    for (PublishedKey key :
        request.desk().keys(owner.organisationId(request), owner.softwareId())) {
      Cell kid = Cell.code(key.kid());
      Cell added = Cell.text(words.moment(key.addedAt()));
      if (may) {
        section.row(kid, added, state(words, key), revoke(request, owner, key));
      } else {
        section.row(kid, added, state(words, key));
      }
    }
    return section
        .otherwise(words.of("keys.none"))
        .linkIf(may, words.of("keys.add"), request.address(owner.path() + "/keys/new"));
  }

  private static Cell state(Words words, PublishedKey key) {
    return key.revokedAt() == null
        ? Cell.text(words.of("state.active")).mark("active")
        : Cell.text(words.of("state.revoked"))
            .mark("withdrawn")
            .note(words.moment(key.revokedAt()));
  }

  private static Cell revoke(PortalRequest request, KeyOwner owner, PublishedKey key) {
    Words words = request.words();
    return key.revokedAt() == null
        ? Cell.text(words.of("action.revoke"))
            .to(
                request.address(owner.path() + "/keys/" + key.id()),
                words.of("keys.revoke.of", key.kid()))
        : Cell.text("");
  }

  @GET
  @Path("new")
  public Response form() throws IOException {
    return PortalRequest.read(
        session, request -> request.show(newKey(request), owner.trail(request)));
  }

  @POST
  @Path("new")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response add() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> newKey(request),
                owner.trail(request),
                () -> {
                  request
                      .desk()
                      .addKey(
                          owner.organisationId(request),
                          owner.softwareId(),
                          request.sent().text("key"));
                  return request.done(owner.list(), "keys.done");
                }));
  }

  private Form newKey(PortalRequest request) {
    request.require(owner.organisationId(request), Duty.TECHNICAL);
    Words words = request.words();
    return new Form(words.of("keys.add"), words.of("keys.add"), request.address(owner.list()))
        .paragraph(words.of("keys.intro"))
        .field(Field.lines("key", words.of("keys.key")).hint(words.of("keys.key.hint")).copied());
  }

  @GET
  @Path("{key}")
  public Response ask(@PathParam("key") String key) throws IOException {
    return PortalRequest.read(
        session, request -> request.show(revocation(request, key), owner.trail(request)));
  }

  @POST
  @Path("{key}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revoke(@PathParam("key") String key) throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> revocation(request, key),
                owner.trail(request),
                () -> {
                  request.desk().revokeKey(find(request, key).id());
                  return request.done(owner.list(), "keys.revoked");
                }));
  }

  private Form revocation(PortalRequest request, String id) {
    request.require(owner.organisationId(request), Duty.TECHNICAL);
    Words words = request.words();
    return new Form(
            words.of("keys.revoke.title"), words.of("action.revoke"), request.address(owner.list()))
        .fact(words.of("keys.kid"), Cell.code(find(request, id).kid()))
        .paragraph(words.of("keys.revoke.what"))
        .dangerous();
  }

  private PublishedKey find(PortalRequest request, String id) {
    return request.desk().keys(owner.organisationId(request), owner.softwareId()).stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new SchemeFault(SchemeFault.Kind.UNKNOWN, null, "there is no such key"));
  }
}
