package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Open Banking UK: statements as in its DCR specification 3.3, certificates as OBWAC. */
public final class UnitedKingdom implements Ecosystem {
  @Override
  public String issuer() {
    return "OpenBanking Ltd";
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
    return List.of("AISP", "PISP");
  }

  @Override
  public Map<String, Object> statement(Software software) {
    Organisation organisation = software.organisation();
    String site = "https://" + software.id() + ".tpp.example/";
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("iss", issuer());
    members.put("iat", Instant.now().getEpochSecond());
    members.put("jti", UUID.randomUUID().toString());
    members.put("org_id", organisation.id());
    members.put("org_name", organisation.name());
    members.put("org_status", organisation.state());
    members.put("organisation_competent_authority_claims", authority(software));
    members.put("software_id", software.id());
    members.put("software_client_id", software.id());
    members.put("software_client_name", software.name());
    members.put("software_client_description", software.name());
    members.put("software_environment", "sandbox");
    members.put("software_mode", "Live");
    members.put("software_version", 2.2);
    members.put("software_client_uri", site);
    members.put("software_logo_uri", site + "logo.png");
    members.put("software_policy_uri", site + "policy.html");
    members.put("software_tos_uri", site + "tos.html");
    members.put("software_jwks_endpoint", software.jwksUri().toString());
    members.put("software_redirect_uris", software.redirectUris());
    members.put("software_roles", List.copyOf(software.roles().keySet()));
    return members;
  }

  private static Map<String, Object> authority(Software software) {
    List<String> roles = List.copyOf(software.roles().keySet());
    return Map.of(
        "authority_id",
        "FCAGBR",
        "registration_id",
        software.organisation().number(),
        "status",
        software.organisation().state(),
        "authorisations",
        List.of(Map.of("member_state", "GB", "roles", roles)));
  }

  @Override
  public JsonNode participants(Collection<Organisation> organisations) {
    ArrayNode list = Json.object().arrayNode();
    for (Organisation organisation : organisations) {
      list.addObject()
          .put("OrganisationId", organisation.id())
          .put("OrganisationName", organisation.name())
          .put("Status", organisation.state());
    }
    return list;
  }

  @Override
  public X500Name subject(Software software) {
    Organisation organisation = software.organisation();
    return new Subject()
        .with(BCStyle.C, "GB")
        .with(BCStyle.O, organisation.name())
        .with(BCStyle.ORGANIZATION_IDENTIFIER, "PSDGB-OB-" + organisation.id())
        .with(BCStyle.CN, software.id())
        .build();
  }
}
