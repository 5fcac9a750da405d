package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.keycloak.models.KeycloakSession;

/** A software: its page, and what is changed there. */
public final class SoftwarePages {

  private final KeycloakSession session;
  private final String id;

  SoftwarePages(KeycloakSession session, String id) {
    this.session = session;
    this.id = id;
  }

  @GET
  public Response show() throws IOException {
    return PortalRequest.read(session, request -> new SoftwarePage(request, find(request)).show());
  }

  @GET
  @Path("edit")
  public Response edit() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Software software = find(request);
          return request.show(SoftwareForm.of(request, software), Trail.of(request, software));
        });
  }

  @POST
  @Path("edit")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response save() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> SoftwareForm.of(request, find(request)),
                Trail.of(request, find(request)),
                () -> {
                  request
                      .desk()
                      .change(id, request.sent().version(), SoftwareForm.data(request.sent()));
                  return request.done("software/" + id, "news.saved");
                }));
  }

  /** The end of a software, by its own organisation. */
  @GET
  @Path("withdraw")
  public Response askToWithdraw() throws IOException {
    return PortalRequest.read(
        session, request -> request.show(withdrawal(request), Trail.of(request, find(request))));
  }

  @POST
  @Path("withdraw")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response withdraw() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> withdrawal(request),
                Trail.of(request, find(request)),
                () -> {
                  request
                      .desk()
                      .decideSoftware(
                          id,
                          request.sent().version(),
                          Standing.WITHDRAWN,
                          request.sent().oneLine("reason"));
                  return request.done("software/" + id, "software.withdrawn");
                }));
  }

  private Form withdrawal(PortalRequest request) {
    Words words = request.words();
    Software software = find(request);
    request.require(software.organisationId(), Duty.TECHNICAL);
    return new Form(
            words.of("software.withdraw.title"),
            words.of("software.withdraw"),
            Addresses.of(request, software))
        .fact(words.of("field.name"), Cell.quoted(software.data().name()))
        .paragraph(words.of("decide.software.withdrawn"))
        .field(Field.lines("reason", words.of("field.why")).optional(words.of("field.optional")))
        .version(software.version())
        .dangerous();
  }

  /** A statement, which is made anew each time. */
  @GET
  @Path("statement")
  public Response statement() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Software software = find(request);
          Words words = request.words();
          return new PortalPage(request, words.of("statement.title"), Trail.of(request, software))
              .add(
                  new Section("statement", null)
                      .paragraph(words.of("statement.what"))
                      .code(words.of("statement.title"), request.desk().statement(id))
                      .link(
                          words.of("action.download"),
                          Addresses.of(request, software, "statement/file")))
              .render();
        });
  }

  @GET
  @Path("statement/file")
  public Response statementFile() throws IOException {
    return PortalRequest.read(
        session,
        request ->
            Download.text(
                "software-statement.jwt", "application/jwt", request.desk().statement(id)));
  }

  /** The operator's decision about the software. */
  @Path("decide")
  public DecisionPage decide() {
    return new DecisionPage(session, Decision.software(id));
  }

  private Software find(PortalRequest request) {
    return request.desk().softwareById(id);
  }
}
