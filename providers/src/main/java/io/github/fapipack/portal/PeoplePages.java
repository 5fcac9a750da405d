package io.github.fapipack.portal;

import io.github.fapipack.scheme.Access;
import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Person;
import io.github.fapipack.scheme.SchemeFault;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The people of an organisation. */
public final class PeoplePages {

  private static final String DUTIES = "duties";

  private final KeycloakSession session;
  private final String id;

  PeoplePages(KeycloakSession session, String id) {
    this.session = session;
    this.id = id;
  }

  @GET
  public Response show() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Words words = request.words();
          boolean may = request.desk().access().may(id, Duty.ADMINISTRATORS);
          Section section = new Section("people", words.of("people.title"));
          if (may) {
            section.columns(
                words.of("field.name"),
                words.of("field.email"),
                words.of("people.duties"),
                words.of("field.todo"));
          } else {
            section.columns(
                words.of("field.name"), words.of("field.email"), words.of("people.duties"));
          }
          request.desk().people(id).forEach(person -> row(request, section, person, may));
          return new PortalPage(
                  request, words.of("people.title"), Trail.of(request, organisation(request)))
              .add(
                  section
                      .otherwise(words.of("people.none"))
                      .mainIf(may, words.of("people.invite"), page(request, "/invite")))
              .add(duties(words))
              .render();
        });
  }

  private void row(PortalRequest request, Section section, Person person, boolean may) {
    Words words = request.words();
    boolean invited = person.id() == null;
    Cell name = invited ? Cell.text(words.of("people.invited")) : Cell.quoted(person.name());
    Cell email = Cell.code(person.email());
    Cell duties =
        Cell.text(
            person.duties().isEmpty()
                ? invited ? "" : words.of("duty.none")
                : person.duties().stream()
                    .sorted()
                    .map(duty -> words.of("duty." + duty.group()))
                    .collect(Collectors.joining(", ")));
    if (!may) {
      section.row(name, email, duties);
      return;
    }
    section.row(
        name,
        email,
        duties,
        invited
            ? Cell.text("")
            : Cell.text(words.of("action.change"))
                .to(page(request, "/" + person.id()), words.of("people.change.of", person.name())));
  }

  private static Section duties(Words words) {
    Section section = new Section("duties", words.of("people.duties.what"));
    Arrays.stream(Duty.values())
        .forEach(
            duty ->
                section.fact(
                    words.of("duty." + duty.group()),
                    Cell.text(words.of("duty." + duty.group() + ".what"))));
    return section.fact(words.of("duty.none"), Cell.text(words.of("duty.none.what")));
  }

  @GET
  @Path("invite")
  public Response invitation() throws IOException {
    return PortalRequest.read(
        session,
        request -> request.show(inviteForm(request), Trail.of(request, organisation(request))));
  }

  @POST
  @Path("invite")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response invite() throws IOException {
    return submit(
        this::inviteForm,
        request -> request.desk().invite(id, request.sent().text("email")),
        "people.invite.done",
        null);
  }

  private Form inviteForm(PortalRequest request) {
    request.require(id, Duty.ADMINISTRATORS);
    Words words = request.words();
    return new Form(words.of("people.invite"), words.of("people.invite.button"), page(request, ""))
        .paragraph(words.of("people.invite.what"))
        .field(Field.line("email", words.of("field.email")).type("email", "off").copied());
  }

  /** A member's duties, and the way to end the membership. */
  @GET
  @Path("{person}")
  public Response person(@PathParam("person") String person) throws IOException {
    return PortalRequest.read(
        session,
        request ->
            request.show(
                dutiesForm(request, find(request, person)),
                Trail.of(request, organisation(request))));
  }

  @POST
  @Path("{person}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response save(@PathParam("person") String person) throws IOException {
    return submit(
        request -> dutiesForm(request, find(request, person)),
        request -> request.desk().duties(id, person, chosen(request.sent())),
        "news.saved",
        null);
  }

  private Form dutiesForm(PortalRequest request, Person person) {
    request.require(id, Duty.ADMINISTRATORS);
    Words words = request.words();
    Field duties = Field.checks(DUTIES, words.of("people.duties"));
    Arrays.stream(Duty.values())
        .forEach(duty -> duties.option(duty.group(), words.of("duty." + duty.group())));
    duties.chosen(person.duties().stream().map(Duty::group).collect(Collectors.toSet()));
    return new Form(words.of("people.change"), words.of("action.save"), page(request, ""))
        .fact(words.of("field.name"), Cell.quoted(person.name()))
        .fact(words.of("field.email"), Cell.code(person.email()))
        .field(duties.hint(words.of("duty.none.what")))
        .other(words.of("people.remove"), page(request, "/" + person.id() + "/remove"));
  }

  private static Set<Duty> chosen(Sent sent) {
    return Arrays.stream(Duty.values())
        .filter(duty -> sent.all(DUTIES).contains(duty.group()))
        .collect(Collectors.toSet());
  }

  @GET
  @Path("{person}/remove")
  public Response ask(@PathParam("person") String person) throws IOException {
    return PortalRequest.read(
        session,
        request ->
            request.show(
                removal(request, find(request, person)), Trail.of(request, organisation(request))));
  }

  @POST
  @Path("{person}/remove")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response remove(@PathParam("person") String person) throws IOException {
    return submit(
        request -> removal(request, find(request, person)),
        request -> request.desk().remove(id, person),
        "people.removed",
        person);
  }

  private Form removal(PortalRequest request, Person person) {
    request.require(id, Duty.ADMINISTRATORS);
    Words words = request.words();
    return new Form(words.of("people.remove.title"), words.of("people.remove"), page(request, ""))
        .fact(words.of("field.name"), Cell.quoted(person.name()))
        .fact(words.of("field.email"), Cell.code(person.email()))
        .paragraph(words.of("people.remove.what"))
        .dangerous();
  }

  /**
   * @param removed who is no longer a member afterwards, or null
   */
  private Response submit(
      Function<PortalRequest, Form> form,
      Consumer<PortalRequest> action,
      String news,
      String removed)
      throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> form.apply(request),
                Trail.of(request, organisation(request)),
                () -> {
                  action.accept(request);
                  Access access = request.desk().access();
                  boolean left = access.id().equals(removed) && !access.operator();
                  return request.done(left ? "" : "organisations/" + id + "/people", news);
                }));
  }

  private Person find(PortalRequest request, String person) {
    return request.desk().people(id).stream()
        .filter(one -> person.equals(one.id()))
        .findFirst()
        .orElseThrow(
            () -> new SchemeFault(SchemeFault.Kind.UNKNOWN, null, "there is no such member"));
  }

  private Organisation organisation(PortalRequest request) {
    return request.desk().organisation(id);
  }

  private String page(PortalRequest request, String page) {
    return request.address("organisations/" + id + "/people" + page);
  }
}
