package io.github.fapipack.scheme;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.template.Template;
import io.github.fapipack.template.Values;
import java.net.URI;
import java.util.Map;
import java.util.UUID;

/** The values that are filled into a scheme's template. */
final class SchemeValues {

  private final Template template;
  private final DirectoryAddresses addresses;

  /**
   * @param addresses null if the names do not depend on them
   */
  SchemeValues(Template template, DirectoryAddresses addresses) {
    this.template = template;
    this.addresses = addresses;
  }

  /** For the names in a certificate. */
  Values ofCertificate(Organisation organisation, Software software) {
    return Values.of(object())
        .with("organisation", organisation(organisation))
        .with("software", software(software));
  }

  /**
   * For a statement.
   *
   * @param now in seconds since 1970
   */
  Values ofStatement(Organisation organisation, Software software, long now) {
    ObjectNode common = common().put("now", now).put("uuid", UUID.randomUUID().toString());
    template.lifetime().ifPresent(lifetime -> common.put("expiry", now + lifetime.toSeconds()));
    return Values.of(common)
        .with("organisation", organisation(organisation))
        .with("software", software(software));
  }

  /** What everything that the directory publishes can contain. */
  ObjectNode common() {
    ObjectNode common =
        object().put("realm", addresses.realm()).put("directory", addresses.directory());
    return common.put("issuer", template.issuer(Values.of(common)));
  }

  ObjectNode organisation(Organisation organisation) {
    ObjectNode values =
        object()
            .put("id", organisation.id())
            .put("name", organisation.name())
            .put("number", organisation.number())
            .put("country", organisation.country())
            .put("status", template.organisationWord(organisation.standing().jsonName()));
    if (organisation.since() != null) {
      values.put("since", organisation.since().getEpochSecond());
    }
    addKeys(values, organisation.id(), null);
    addRoles(values, organisation.roles());
    return values;
  }

  ObjectNode software(Software software) {
    SoftwareData data = software.data();
    ObjectNode values =
        object()
            .put("id", software.id())
            .put("name", data.name())
            .put("description", data.description())
            .put("version", data.softwareVersion())
            .put("status", template.softwareWord(software.effective().jsonName()))
            .put("client_uri", data.clientUri())
            .put("logo_uri", data.logoUri())
            .put("policy_uri", data.policyUri())
            .put("tos_uri", data.tosUri())
            .put("origin", origin(data.clientUri()));
    if (software.createdAt() != null) {
      values.put("created", software.createdAt().getEpochSecond());
    }
    if (software.changedAt() != null) {
      values.put("changed", software.changedAt().getEpochSecond());
    }
    ArrayNode redirectUris = values.putArray("redirect_uris");
    if (data.redirectUris() != null) {
      data.redirectUris().forEach(redirectUris::add);
    }
    addKeys(values, software.organisationId(), software.id());
    addRoles(values, software.roles());
    return values;
  }

  private void addKeys(ObjectNode values, String organisationId, String softwareId) {
    if (addresses != null) {
      values
          .put("jwks_uri", addresses.keys(organisationId, softwareId, true))
          .put("inactive_jwks_uri", addresses.keys(organisationId, softwareId, false));
    }
  }

  /** Roles about which the operator has decided; the names are those of the active ones. */
  private void addRoles(ObjectNode values, Map<String, Standing> roles) {
    ArrayNode list = values.putArray("roles");
    ArrayNode names = values.putArray("role_names");
    roles.forEach(
        (name, standing) -> {
          if (standing != Standing.PENDING) {
            list.addObject()
                .put("name", name)
                .put("status", template.roleWord(standing.jsonName()));
          }
          if (standing == Standing.ACTIVE) {
            names.add(name);
          }
        });
  }

  /** Scheme, host and port of an address; null if it has none. */
  private static String origin(String address) {
    if (address == null) {
      return null;
    }
    try {
      URI uri = URI.create(address);
      return uri.getHost() == null ? null : uri.getScheme() + "://" + uri.getAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
