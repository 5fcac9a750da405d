package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Software;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.keycloak.models.KeycloakSession;

/** An organisation: its page, and what is changed there. */
public final class OrganisationPages {

  private final KeycloakSession session;
  private final String id;

  OrganisationPages(KeycloakSession session, String id) {
    this.session = session;
    this.id = id;
  }

  @GET
  public Response show() throws IOException {
    return PortalRequest.read(
        session, request -> new OrganisationPage(request, find(request)).show());
  }

  @GET
  @Path("edit")
  public Response edit() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Organisation organisation = find(request);
          return request.show(
              OrganisationForm.of(request, organisation), Trail.of(request, organisation));
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
                () -> OrganisationForm.of(request, find(request)),
                Trail.of(request, find(request)),
                () -> {
                  request
                      .desk()
                      .change(
                          id,
                          request.sent().version(),
                          OrganisationForm.data(request.sent(), find(request).roles().keySet()));
                  return request.done("organisations/" + id, "news.saved");
                }));
  }

  @GET
  @Path("role")
  public Response role() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Organisation organisation = find(request);
          return request.show(roleForm(request, organisation), Trail.of(request, organisation));
        });
  }

  @POST
  @Path("role")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response requestRole() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> roleForm(request, find(request)),
                Trail.of(request, find(request)),
                () -> {
                  request
                      .desk()
                      .requestRole(id, request.sent().version(), request.sent().text("role"));
                  return request.done("organisations/" + id, "role.done");
                }));
  }

  private static Form roleForm(PortalRequest request, Organisation organisation) {
    request.require(organisation.id(), Duty.ADMINISTRATORS);
    Words words = request.words();
    Field role = Field.choice("role", words.of("field.role"));
    request.template().roles().keySet().stream()
        .filter(name -> !organisation.roles().containsKey(name))
        .forEach(name -> role.option(name, words.role(name)));
    return new Form(
            words.of("role.apply"), words.of("apply.button"), Addresses.of(request, organisation))
        .paragraph(words.of("role.intro"))
        .field(role)
        .version(organisation.version());
  }

  /** An organisation's new software. */
  @GET
  @Path("software")
  public Response software() throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          Organisation organisation = find(request);
          return request.show(
              SoftwareForm.empty(request, organisation), Trail.of(request, organisation));
        });
  }

  @POST
  @Path("software")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response add() throws IOException {
    return PortalRequest.change(
        session,
        request ->
            request.submit(
                () -> SoftwareForm.empty(request, find(request)),
                Trail.of(request, find(request)),
                () -> {
                  Software software = request.desk().add(id, SoftwareForm.data(request.sent()));
                  return request.done(Addresses.path(software), "software.added");
                }));
  }

  @GET
  @Path("certificates")
  public Response certificates() throws IOException {
    return PortalRequest.read(
        session, request -> CertificateList.ofOrganisation(request, find(request)));
  }

  @GET
  @Path("events")
  public Response events() throws IOException {
    return PortalRequest.read(session, request -> EventsPage.show(request, find(request)));
  }

  /** The operator's decision about the organisation. */
  @Path("decide")
  public DecisionPage decide() {
    return new DecisionPage(session, Decision.organisation(id));
  }

  /** The operator's decision about one of its roles. */
  @Path("decide-role")
  public DecisionPage decideRole() {
    return new DecisionPage(session, Decision.role(id));
  }

  private Organisation find(PortalRequest request) {
    return request.desk().organisation(id);
  }
}
