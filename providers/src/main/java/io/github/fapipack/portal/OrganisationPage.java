package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The page of an organisation. */
final class OrganisationPage {

  private final PortalRequest request;
  private final Words words;
  private final Organisation organisation;
  private final boolean operator;

  OrganisationPage(PortalRequest request, Organisation organisation) {
    this.request = request;
    this.words = request.words();
    this.organisation = organisation;
    this.operator = request.desk().access().operator();
  }

  Response show() throws IOException {
    return new PortalPage(request, Words.name(organisation.name()), Trail.of(request))
        .named()
        .add(summary())
        .add(roles())
        .add(software(request.desk().software(organisation.id())))
        .add(more())
        .render();
  }

  private Section summary() {
    boolean pending = organisation.standing() == Standing.PENDING;
    boolean withdrawn = organisation.standing() == Standing.WITHDRAWN;
    Section section =
        new Section("standing", words.of("field.standing"))
            .fact(
                words.of("field.standing"),
                Cell.standing(words, organisation.standing())
                    .note(words.of("field.since", words.day(organisation.since()))))
            .factIf(words.of("field.why"), organisation.why(), Cell.quoted(organisation.why()))
            .fact(words.of("field.number"), Cell.quoted(organisation.number()))
            .fact(words.of("field.country"), Cell.text(words.country(organisation.country())))
            .fact(words.of("field.id"), Cell.code(organisation.id()))
            .linkIf(
                operator || (pending && may(Duty.ADMINISTRATORS)),
                words.of("organisation.edit"),
                page("edit"))
            .linkIf(operator && !withdrawn, words.of("decide.title"), page("decide"));
    if (pending && !operator) {
      section.paragraph(words.of("organisation.pending"));
    }
    return section;
  }

  private Section roles() {
    Section section =
        operator
            ? new Section("roles", words.of("field.roles"))
                .columns(words.of("field.role"), words.of("field.standing"), words.of("field.todo"))
            : new Section("roles", words.of("field.roles"))
                .columns(words.of("field.role"), words.of("field.standing"));
    organisation.roles().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            role -> {
              Cell name = Cell.text(words.role(role.getKey()));
              Cell standing = Cell.standing(words, role.getValue());
              if (operator) {
                section.row(name, standing, decide(role.getKey()));
              } else {
                section.row(name, standing);
              }
            });
    return section
        .otherwise(words.of("roles.none"))
        .linkIf(
            may(Duty.ADMINISTRATORS)
                && organisation.standing() != Standing.WITHDRAWN
                && !organisation.roles().keySet().containsAll(request.template().roles().keySet()),
            words.of("role.apply"),
            page("role"));
  }

  private Cell decide(String role) {
    return Cell.text(words.of("action.decide"))
        .to(page("decide-role") + "?role=" + Encoded.of(role), words.of("decide.of", role));
  }

  private Section software(List<Software> all) {
    Section section =
        new Section("software", words.of("software.title"))
            .columns(words.of("field.name"), words.of("field.standing"), words.of("field.roles"));
    all.forEach(
        software ->
            section.row(
                Cell.quoted(software.data().name()).to(Addresses.of(request, software)),
                Cell.standing(words, software.effective()),
                Cell.text(words.roles(software.roles().keySet()))));
    return section
        .otherwise(words.of("software.none"))
        .mainIf(
            may(Duty.TECHNICAL) && organisation.standing() == Standing.ACTIVE,
            words.of("software.add"),
            page("software"));
  }

  private Section more() {
    return new Section("more", words.of("organisation.more"))
        .link(words.of("people.title"), page("people"))
        .link(words.of("proofs.title"), page("proofs"))
        .link(words.of("keys.title"), page("keys"))
        .link(words.of("certificates.title"), page("certificates"))
        .link(words.of("events.title"), page("events"));
  }

  private boolean may(Duty duty) {
    return request.desk().access().may(organisation.id(), duty);
  }

  private String page(String name) {
    return Addresses.of(request, organisation, name);
  }
}
