package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/** Australia's Consumer Data Right: statements and list as the Register's APIs have them. */
public final class ConsumerDataRight implements Ecosystem {
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  @Override
  public String issuer() {
    return "cdr-register";
  }

  @Override
  public JWK newKey() {
    return ClientKeys.ps256();
  }

  @Override
  public String active() {
    return "ACTIVE";
  }

  @Override
  public List<String> roles() {
    return List.of("data-recipient-software-product");
  }

  @Override
  public Map<String, Object> statement(Software software) {
    Organisation organisation = software.organisation();
    String site = "https://" + software.id() + ".tpp.example/";
    Instant now = Instant.now();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("iss", issuer());
    members.put("iat", now.getEpochSecond());
    members.put("exp", now.plus(LIFETIME).getEpochSecond());
    members.put("jti", UUID.randomUUID().toString());
    members.put("legal_entity_id", organisation.id());
    members.put("legal_entity_name", organisation.name());
    members.put("org_id", brandId(organisation));
    members.put("org_name", organisation.name());
    members.put("client_name", software.name());
    members.put("client_description", software.name());
    members.put("client_uri", site);
    members.put("logo_uri", site + "logo.png");
    members.put("policy_uri", site + "policy.html");
    members.put("tos_uri", site + "tos.html");
    members.put("redirect_uris", software.redirectUris());
    members.put("jwks_uri", software.jwksUri().toString());
    members.put("revocation_uri", site + "revoke");
    members.put("recipient_base_uri", site);
    members.put("software_id", software.id());
    members.put("software_roles", String.join(" ", software.roles().keySet()));
    members.put("scope", "openid profile bank:accounts.basic:read cdr:registration");
    return members;
  }

  @Override
  public JsonNode participants(Collection<Organisation> organisations) {
    ObjectNode document = Json.object();
    ArrayNode data = document.putArray("data");
    for (Organisation organisation : organisations) {
      ArrayNode products =
          data.addObject()
              .put("legalEntityId", organisation.id())
              .put("legalEntityName", organisation.name())
              .put("status", organisation.state())
              .putArray("dataRecipientBrands")
              .addObject()
              .put("dataRecipientBrandId", brandId(organisation))
              .put("brandName", organisation.name())
              .put("status", active())
              .putArray("softwareProducts");
      for (Software software : organisation.software()) {
        products
            .addObject()
            .put("softwareProductId", software.id())
            .put("softwareProductName", software.name())
            .put("status", software.state());
      }
    }
    return document;
  }

  /** Each organisation has one brand, whose identifier follows from its own. */
  private static String brandId(Organisation organisation) {
    return "brand-" + organisation.id();
  }

  @Override
  public X500Name subject(Software software) {
    return new Subject()
        .with(BCStyle.C, "AU")
        .with(BCStyle.O, software.organisation().name())
        .with(BCStyle.OU, "Consumer Data Right")
        .with(BCStyle.SERIALNUMBER, software.id())
        .with(BCStyle.CN, software.name())
        .build();
  }
}
