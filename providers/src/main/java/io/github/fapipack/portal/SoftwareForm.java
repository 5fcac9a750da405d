package io.github.fapipack.portal;

import io.github.fapipack.scheme.Duty;
import io.github.fapipack.scheme.Organisation;
import io.github.fapipack.scheme.Software;
import io.github.fapipack.scheme.SoftwareData;
import io.github.fapipack.scheme.Standing;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The form for what an organisation says of its software. */
final class SoftwareForm {

  private SoftwareForm() {}

  /** For a software that is not there yet. */
  static Form empty(PortalRequest request, Organisation organisation) {
    request.require(organisation.id(), Duty.TECHNICAL);
    Words words = request.words();
    Form form =
        new Form(
            words.of("software.add"),
            words.of("software.add"),
            Addresses.of(request, organisation));
    return fields(form, request, organisation, Set.of());
  }

  /** For one that is there. */
  static Form of(PortalRequest request, Software software) {
    request.require(software.organisationId(), Duty.TECHNICAL);
    Words words = request.words();
    SoftwareData data = software.data();
    Form form =
        new Form(
            words.of("software.edit"), words.of("action.save"), Addresses.of(request, software));
    Organisation organisation = request.desk().organisation(software.organisationId());
    return fields(form, request, organisation, data.roles())
        .value("name", data.name())
        .value("description", data.description())
        .value("softwareVersion", data.softwareVersion())
        .value("redirectUris", String.join("\n", data.redirectUris()))
        .value("clientUri", data.clientUri())
        .value("logoUri", data.logoUri())
        .value("policyUri", data.policyUri())
        .value("tosUri", data.tosUri())
        .version(software.version());
  }

  private static Form fields(
      Form form, PortalRequest request, Organisation organisation, Set<String> chosen) {
    Words words = request.words();
    String optional = words.of("field.optional");
    return form.field(Field.line("name", words.of("field.name")).type("text", "off"))
        .field(Field.lines("description", words.of("field.description")).optional(optional))
        .field(
            Field.line("softwareVersion", words.of("field.version"))
                .type("text", "off")
                .optional(optional)
                .copied())
        .field(
            Field.lines("redirectUris", words.of("field.redirects"))
                .hint(words.of("field.redirects.hint"))
                .copied())
        .field(roles(words, organisation, chosen))
        .field(address("clientUri", words.of("field.website"), words))
        .field(address("logoUri", words.of("field.logo"), words).hint(words.of("field.logo.hint")))
        .field(address("policyUri", words.of("field.policy"), words))
        .field(address("tosUri", words.of("field.terms"), words));
  }

  private static Field address(String name, String label, Words words) {
    return Field.line(name, label).type("url", "off").optional(words.of("field.optional")).copied();
  }

  /** The roles that the organisation has, and those that the software already has. */
  private static Field roles(Words words, Organisation organisation, Set<String> chosen) {
    Field field = Field.checks("roles", words.of("field.roles"));
    organisation.roles().entrySet().stream()
        .filter(role -> role.getValue() == Standing.ACTIVE || chosen.contains(role.getKey()))
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(role -> field.option(role, words.role(role)));
    return field.hint(words.of("software.roles.hint")).chosen(chosen);
  }

  static SoftwareData data(Sent sent) {
    return new SoftwareData(
        sent.text("name"),
        sent.oneLine("description"),
        sent.textOrNull("softwareVersion"),
        sent.textOrNull("clientUri"),
        sent.textOrNull("logoUri"),
        sent.textOrNull("policyUri"),
        sent.textOrNull("tosUri"),
        sent.lines("redirectUris"),
        new LinkedHashSet<>(sent.all("roles")));
  }
}
