package io.github.fapipack.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.authority.Use;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.RealmModel;

/**
 * The templates of ecosystems word an organisation and its software as the ecosystems' own
 * specifications do. The golden files come from earlier stand-ins of these directories, which were
 * written from the specifications and not by a template.
 */
class ShippedTemplatesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TIMES = List.of("iat", "exp", "jti");
  private static final DirectoryAddresses ADDRESSES =
      new DirectoryAddresses("https://directory.example/realms/d");

  @ParameterizedTest
  @CsvSource({
    "open-finance-brazil, BR, 1.1, DADOS PAGTO",
    "open-banking-uk, GB, 2.2, AISP PISP",
    "cdr-australia, AU, , data-recipient-software-product"
  })
  void areWordedAsTheEcosystemsHaveThem(String id, String country, String version, String roles)
      throws IOException {
    SchemeTemplate template = template(id);
    Organisation organisation = organisation(country, roles);
    Software software = software(version, roles);
    ObjectNode statement =
        (ObjectNode) template.statement(ADDRESSES, organisation, software).deepCopy();
    assertThat(statement.path("iat").isIntegralNumber()).isTrue();
    ObjectNode words = JSON.createObjectNode();
    words.set("statement", statement.without(TIMES));
    words.set(
        "participants",
        template.participants(
            ADDRESSES, List.of(organisation), Map.of("ORGANISATION", List.of(software))));
    for (Use use : Use.values()) {
      words.set("subject", subject(template, use, organisation, software));

      String made =
          words.toString().replace(ADDRESSES.keys("ORGANISATION", "SOFTWARE", true), "JWKS");
      assertThat(JSON.readTree(made)).isEqualTo(golden(id));
    }
  }

  private static JsonNode subject(
      SchemeTemplate template, Use use, Organisation organisation, Software software) {
    var subject = JSON.createArrayNode();
    X500Name name =
        X500Name.getInstance(template.subject(use, organisation, software).getEncoded());
    for (RDN rdn : name.getRDNs()) {
      subject
          .addObject()
          .put("type", rdn.getFirst().getType().getId())
          .put("value", rdn.getFirst().getValue().toString());
    }
    return subject;
  }

  private static Organisation organisation(String country, String roles) {
    return new Organisation(
        "ORGANISATION",
        "Größte Bank & Söhne, \"A\"",
        "NUMBER",
        country,
        Standing.ACTIVE,
        null,
        active(roles),
        Instant.now(),
        0);
  }

  private static Map<String, Standing> active(String roles) {
    Map<String, Standing> active = new TreeMap<>();
    for (String role : roles.split(" ")) {
      active.put(role, Standing.ACTIVE);
    }
    return active;
  }

  private static Software software(String version, String roles) {
    String site = "https://SOFTWARE.tpp.example/";
    SoftwareData data =
        new SoftwareData(
            "App + <b>",
            "App + <b>",
            version,
            site,
            site + "logo.png",
            site + "policy.html",
            site + "tos.html",
            List.of(site + "callback"),
            new TreeSet<>(active(roles).keySet()));
    return new Software(
        "SOFTWARE",
        "ORGANISATION",
        data,
        Standing.ACTIVE,
        Standing.ACTIVE,
        null,
        active(roles),
        Instant.now(),
        Instant.now(),
        0);
  }

  /** The stand-in makes up a host as CN; a directory knows none that never changes. */
  private static JsonNode golden(String id) throws IOException {
    try (InputStream file =
        ShippedTemplatesTest.class.getResourceAsStream("/fapi-schemes/" + id + ".golden.json")) {
      return JSON.readTree(
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .replace("\"SOFTWARE.tpp.example\"", "\"SOFTWARE\""));
    }
  }

  private static SchemeTemplate template(String id) {
    RealmModel realm =
        (RealmModel)
            Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getId", "getName" -> id;
                      case "getAttribute" -> SchemeTemplate.IN_USE.equals(arguments[0]) ? id : null;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return SchemeTemplate.of(realm).orElseThrow();
  }
}
