package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.SoftwareData;
import io.github.fapipack.scheme.Standing;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;

/** The page of a software, with everything that its developers need. */
final class SoftwarePage {

  private final PortalRequest request;
  private final Words words;
  private final Software software;
  private final boolean may;

  SoftwarePage(PortalRequest request, Software software) {
    this.request = request;
    this.words = request.words();
    this.software = software;
    this.may = request.desk().access().may(software.organisationId(), Duty.TECHNICAL);
  }

  Response show() throws IOException {
    return new PortalPage(
            request,
            Words.name(software.data().name()),
            Trail.of(request, request.desk().organisation(software.organisationId())))
        .named()
        .add(summary())
        .add(roles())
        .add(addresses())
        .add(
            CertificateList.ofSoftware(
                request, software, may && software.effective() == Standing.ACTIVE))
        .add(KeyPages.section(request, KeyOwner.software(software.id())))
        .render();
  }

  private Section summary() {
    boolean operator = request.desk().access().operator();
    boolean ended = software.standing() == Standing.WITHDRAWN;
    SoftwareData data = software.data();
    Section section =
        new Section("standing", words.of("software.about"))
            .fact(words.of("field.standing"), Cell.standing(words, software.effective()))
            .factIf(words.of("field.why"), software.why(), Cell.quoted(software.why()))
            .factIf(
                words.of("field.description"), data.description(), Cell.quoted(data.description()))
            .factIf(words.of("field.version"), data.softwareVersion(), code(data.softwareVersion()))
            .factIf(words.of("field.website"), data.clientUri(), code(data.clientUri()))
            .factIf(words.of("field.logo"), data.logoUri(), code(data.logoUri()))
            .factIf(words.of("field.policy"), data.policyUri(), code(data.policyUri()))
            .factIf(words.of("field.terms"), data.tosUri(), code(data.tosUri()))
            .fact(
                words.of("field.redirects"),
                Cell.list(data.redirectUris().stream().map(Cell::code).toList()))
            .fact(words.of("field.changed"), Cell.text(words.moment(software.changedAt())));
    if (software.effective() != software.standing()) {
      section.paragraph(words.of("software.held"));
    }
    return section
        .linkIf(may && !ended, words.of("software.edit"), page("edit"))
        .linkIf(may && !operator && !ended, words.of("software.withdraw"), page("withdraw"))
        .linkIf(operator && !ended, words.of("decide.title"), page("decide"));
  }

  private static Cell code(String text) {
    return Cell.code(text);
  }

  private Section roles() {
    Section section =
        new Section("roles", words.of("field.roles"))
            .columns(words.of("field.role"), words.of("field.standing"));
    software.roles().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            role ->
                section.row(
                    Cell.text(words.role(role.getKey())), Cell.standing(words, role.getValue())));
    return section.otherwise(words.of("roles.none"));
  }

  private Section addresses() {
    PublicAddresses addresses = PublicAddresses.of(request.session());
    return new Section("developers", words.of("software.developers"))
        .paragraph(words.of("software.developers.what"))
        .fact(words.of("field.client"), Cell.code(software.id()))
        .fact(words.of("field.organisation.id"), Cell.code(software.organisationId()))
        .fact(words.of("address.token"), Cell.code(addresses.token()))
        .fact(words.of("address.statement"), Cell.code(addresses.statement(software)))
        .fact(words.of("address.keys"), Cell.code(addresses.keys(software)))
        .fact(words.of("address.participants"), Cell.code(addresses.participants()))
        .linkIf(
            may && software.effective() == Standing.ACTIVE,
            words.of("statement.show"),
            page("statement"));
  }

  private String page(String name) {
    return Addresses.of(request, software, name);
  }
}
