package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.OrganisationData;
import java.util.LinkedHashSet;
import java.util.Set;

/** The form for what is said of an organisation. */
final class OrganisationForm {

  private OrganisationForm() {}

  /** For an organisation that is not there yet. */
  static Form empty(PortalRequest request) {
    Words words = request.words();
    boolean operator = request.desk().access().operator();
    Field roles = Field.checks("roles", words.of("field.roles")).hint(words.of("apply.roles.hint"));
    request.template().roles().keySet().forEach(role -> roles.option(role, words.role(role)));
    Form form =
        new Form(
            words.of(operator ? "create.title" : "apply.title"),
            words.of(operator ? "create.button" : "apply.button"),
            request.address(operator ? "operator/organisations" : ""));
    if (!operator) {
      form.paragraph(words.of("apply.intro"));
    }
    return fields(form, words).field(roles);
  }

  /** For one that is there. */
  static Form of(PortalRequest request, Organisation organisation) {
    request.require(organisation.id(), Duty.ADMINISTRATORS);
    Words words = request.words();
    Form form =
        fields(
            new Form(
                words.of("organisation.edit"),
                words.of("action.save"),
                Addresses.of(request, organisation)),
            words);
    form.value("name", organisation.name())
        .value("number", organisation.number())
        .value("country", organisation.country())
        .version(organisation.version());
    return form;
  }

  private static Form fields(Form form, Words words) {
    return form.field(Field.line("name", words.of("field.name")).type("text", "organization"))
        .field(
            Field.line("number", words.of("field.number"))
                .hint(words.of("field.number.hint"))
                .type("text", "off"))
        .field(
            Field.line("country", words.of("field.country"))
                .hint(words.of("field.country.hint"))
                .type("text", "country"));
  }

  /** What was sent; without roles it keeps those that the organisation has. */
  static OrganisationData data(Sent sent, Set<String> roles) {
    return new OrganisationData(
        sent.text("name"), sent.text("number"), sent.text("country"), roles);
  }

  static Set<String> roles(Sent sent) {
    return new LinkedHashSet<>(sent.all("roles"));
  }
}
