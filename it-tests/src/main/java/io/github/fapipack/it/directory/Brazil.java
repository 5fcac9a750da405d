package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Open Finance Brasil: names and members as in its DCR specification, sections 5 and 7.1. */
public final class Brazil implements Ecosystem {
  @Override
  public String issuer() {
    return "Open Banking Open Banking Brasil sandbox SSA issuer";
  }

  @Override
  public JWK newKey() {
    return ClientKeys.ps256();
  }

  @Override
  public String active() {
    return "Active";
  }

  @Override
  public List<String> roles() {
    return List.of("DADOS", "PAGTO");
  }

  @Override
  public Map<String, Object> statement(Software software) {
    Organisation organisation = software.organisation();
    String site = "https://" + software.id() + ".tpp.example/";
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("iss", issuer());
    members.put("iat", Instant.now().getEpochSecond());
    members.put("org_id", organisation.id());
    members.put("org_name", organisation.name());
    members.put("org_number", organisation.number());
    members.put("org_status", organisation.state());
    members.put("software_id", software.id());
    members.put("software_client_id", software.id());
    members.put("software_client_name", software.name());
    members.put("software_client_description", software.name());
    members.put("software_environment", "sandbox");
    members.put("software_mode", "Live");
    members.put("software_version", 1.1);
    members.put("software_client_uri", site);
    members.put("software_logo_uri", site + "logo.png");
    members.put("software_policy_uri", site + "policy.html");
    members.put("software_tos_uri", site + "tos.html");
    members.put("software_jwks_uri", software.jwksUri().toString());
    members.put("software_redirect_uris", software.redirectUris());
    members.put("software_roles", List.copyOf(software.roles().keySet()));
    members.put("software_statement_roles", roles(software));
    return members;
  }

  private static List<Map<String, Object>> roles(Software software) {
    List<Map<String, Object>> roles = new ArrayList<>();
    software
        .roles()
        .forEach(
            (role, state) ->
                roles.add(
                    Map.of("role", role, "authorisation_domain", "Open Banking", "status", state)));
    return roles;
  }

  @Override
  public JsonNode participants(Collection<Organisation> organisations) {
    ArrayNode list = Json.object().arrayNode();
    for (Organisation organisation : organisations) {
      list.addObject()
          .put("OrganisationId", organisation.id())
          .put("OrganisationName", organisation.name())
          .put("RegistrationNumber", organisation.number())
          .put("Status", organisation.state())
          .putArray("AuthorisationServers");
    }
    return list;
  }

  @Override
  public X500Name subject(Software software) {
    Organisation organisation = software.organisation();
    return new Subject()
        .with(BCStyle.C, "BR")
        .with(BCStyle.O, organisation.name())
        .with(BCStyle.ST, "SP")
        .with(BCStyle.L, "Sao Paulo")
        .with(BCStyle.CN, software.id() + ".tpp.example")
        .with(BCStyle.ORGANIZATION_IDENTIFIER, "OFBBR-" + organisation.id())
        .with(BCStyle.SERIALNUMBER, organisation.number())
        .with(BCStyle.BUSINESS_CATEGORY, "Private Organization")
        .with("1.3.6.1.4.1.311.60.2.1.3", "BR")
        .with(BCStyle.UID, software.id())
        .build();
  }
}
