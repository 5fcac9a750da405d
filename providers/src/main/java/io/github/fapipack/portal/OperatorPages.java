package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Page;
import io.github.fapipack.scheme.Proof;
import io.github.fapipack.scheme.SchemeFault;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** What an operator of the scheme sees: what waits for a decision, and lists of everything. */
public final class OperatorPages {

  private static final String STANDING = "standing";

  private final KeycloakSession session;

  OperatorPages(KeycloakSession session) {
    this.session = session;
  }

  /** What waits for a decision. */
  @GET
  public Response waiting() throws IOException {
    return read(
        request -> {
          Words words = request.words();
          return new PortalPage(request, words.of("todo.title"), Trail.of(request))
              .add(waitingOrganisations(request))
              .add(waitingRoles(request))
              .add(waitingProofs(request))
              .render();
        });
  }

  private static Section waitingOrganisations(PortalRequest request) {
    Words words = request.words();
    Page<Organisation> page = request.desk().organisations(null, Standing.PENDING, 0, Paging.SIZE);
    Section section =
        new Section("organisations", words.of("todo.organisations"))
            .columns(words.of("field.name"), words.of("field.country"), words.of("todo.since"));
    page.entries()
        .forEach(
            organisation ->
                section.row(
                    Cell.quoted(organisation.name()).to(Addresses.of(request, organisation)),
                    Cell.text(words.country(organisation.country())),
                    Cell.text(words.day(organisation.since()))));
    return section
        .otherwise(words.of("todo.nothing"))
        .linkIf(
            page.total() > Paging.SIZE,
            words.of("todo.all"),
            request.address("operator/organisations?standing=pending"));
  }

  private static Section waitingRoles(PortalRequest request) {
    Words words = request.words();
    Section section =
        new Section("roles", words.of("todo.roles"))
            .columns(words.of("field.organisation"), words.of("field.roles"));
    request
        .desk()
        .waitingRoles(0, Paging.SIZE)
        .entries()
        .forEach(
            organisation ->
                section.row(
                    Cell.quoted(organisation.name()).to(Addresses.of(request, organisation)),
                    Cell.text(words.roles(pending(organisation)))));
    return section.otherwise(words.of("todo.nothing"));
  }

  private static Set<String> pending(Organisation organisation) {
    return organisation.roles().entrySet().stream()
        .filter(role -> role.getValue() == Standing.PENDING)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private static Section waitingProofs(PortalRequest request) {
    Words words = request.words();
    Section section =
        new Section("proofs", words.of("todo.proofs"))
            .columns(
                words.of("proofs.file"), words.of("field.organisation"), words.of("todo.since"));
    for (Proof proof : request.desk().pendingProofs(0, Paging.SIZE).entries()) {
      Organisation organisation = request.desk().organisation(proof.organisationId());
      section.row(
          Cell.quoted(proof.name()).to(Addresses.of(request, organisation, "proofs")),
          Cell.quoted(organisation.name()),
          Cell.text(words.day(proof.uploadedAt())));
    }
    return section.otherwise(words.of("todo.nothing"));
  }

  @GET
  @Path("organisations")
  public Response organisations() throws IOException {
    return read(
        request -> {
          Words words = request.words();
          String text = Lookup.text(request);
          String asked = request.query(STANDING);
          Standing standing =
              Arrays.stream(Standing.values())
                  .filter(one -> one.jsonName().equals(asked))
                  .findFirst()
                  .orElse(null);
          int first = Paging.position(request.query("first"));
          Page<Organisation> page =
              request.desk().organisations(text, standing, first, Paging.SIZE);
          String address = request.address("operator/organisations");
          Section section =
              list(request, page)
                  .search(
                      Lookup.model(
                          words,
                          address,
                          text,
                          STANDING,
                          asked,
                          Arrays.stream(Standing.values())
                              .collect(Collectors.toMap(Standing::jsonName, words::of))))
                  .mainIf(true, words.of("create.title"), request.address("apply"))
                  .paging(
                      new Paging(
                          words,
                          Lookup.address(address, text, STANDING, asked),
                          first,
                          page.entries().size(),
                          page.total()));
          return new PortalPage(request, words.of("organisations.title"), Trail.of(request))
              .add(section)
              .render();
        });
  }

  private static Section list(PortalRequest request, Page<Organisation> page) {
    Words words = request.words();
    Section section =
        new Section("organisations", words.of("organisations.title"))
            .columns(
                words.of("field.name"),
                words.of("field.number"),
                words.of("field.country"),
                words.of("field.standing"));
    page.entries()
        .forEach(
            organisation ->
                section.row(
                    Cell.quoted(organisation.name()).to(Addresses.of(request, organisation)),
                    Cell.quoted(organisation.number()),
                    Cell.text(words.country(organisation.country())),
                    Cell.standing(words, organisation.standing())));
    return section.otherwise(words.of("organisations.none"));
  }

  @GET
  @Path("certificates")
  public Response certificates() throws IOException {
    return read(CertificateList::all);
  }

  private Response read(PortalRequest.Step step) throws IOException {
    return PortalRequest.read(
        session,
        request -> {
          if (!request.desk().access().operator()) {
            throw new SchemeFault(
                SchemeFault.Kind.UNKNOWN, null, "only an operator of the scheme sees this");
          }
          return step.take(request);
        });
  }
}
