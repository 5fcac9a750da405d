package io.github.fapipack.portal;

import io.github.fapipack.scheme.Organisation;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;

/** The first page: the visitor's organisations. */
final class HomePage {

  private HomePage() {}

  static Response show(PortalRequest request) throws IOException {
    Words words = request.words();
    List<Organisation> own = request.desk().ownOrganisations();
    Section section =
        new Section("organisations", words.of("home.own"))
            .columns(words.of("field.name"), words.of("field.standing"), words.of("field.roles"));
    own.forEach(
        organisation ->
            section.row(
                Cell.quoted(organisation.name()).to(Addresses.of(request, organisation)),
                Cell.standing(words, organisation.standing()),
                Cell.text(words.roles(organisation.roles().keySet()))));
    boolean operator = request.desk().access().operator();
    section
        .otherwise(words.of(operator ? "home.none.operator" : "home.none"))
        .mainIf(own.isEmpty() && !operator, words.of("apply.title"), request.address("apply"))
        .linkIf(!own.isEmpty() && !operator, words.of("apply.another"), request.address("apply"));
    return new PortalPage(request, words.of("home.title"), new Trail(List.of()))
        .addIf(operator, operator(request))
        .addIf(!operator || !own.isEmpty(), section)
        .render();
  }

  private static Section operator(PortalRequest request) {
    Words words = request.words();
    return new Section("operator", words.of("home.operator"))
        .paragraph(words.of("home.operator.what"))
        .mainIf(true, words.of("todo.title"), request.address("operator"))
        .link(words.of("organisations.title"), request.address("operator/organisations"))
        .link(words.of("certificates.title"), request.address("operator/certificates"));
  }
}
