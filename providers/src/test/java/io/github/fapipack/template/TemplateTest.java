package io.github.fapipack.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLAIN = TemplateDocument.resource("plain.json");

  private final ObjectNode common = JSON.createObjectNode();
  private final ObjectNode organisation = JSON.createObjectNode();
  private final ObjectNode software = JSON.createObjectNode();

  private Values values() {
    return Values.of(common).with("organisation", organisation).with("software", software);
  }

  private static Template template(Consumer<ObjectNode> change) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(PLAIN);
      change.accept(json);
      return TemplateDocument.read(json.toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a member of a statement becomes. */
  private JsonNode filled(String member) {
    return template(json -> json.withObject("/statement").putObject("members").put("m", member))
        .statement(values())
        .path("m");
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return JSON.readTree(text);
  }

  @Test
  void aTextThatIsOnePlaceholderKeepsTheTypeOfTheValue() throws JsonProcessingException {
    common.put("now", 1_796_083_200L);
    software.put("version", "1.10").putArray("role_names").add("a").add("b");

    assertThat(filled("{now}")).hasToString("1796083200");
    assertThat(filled("{now|date}")).isEqualTo(json("\"2026-12-01\""));
    assertThat(filled("{now|time}")).isEqualTo(json("\"2026-12-01T00:00:00Z\""));
    assertThat(filled("{software.role_names}")).isEqualTo(json("[\"a\",\"b\"]"));
    assertThat(filled("{software.role_names|joined}")).isEqualTo(json("\"a b\""));
    assertThat(filled("{software.version}")).isEqualTo(json("\"1.10\""));
    assertThat(filled("{software.version|number}").isNumber()).isTrue();
    assertThat(filled("v{software.version|number} of {now}"))
        .isEqualTo(json("\"v1.10 of 1796083200\""));
  }

  @Test
  void aVersionThatIsNoNumberStaysAText() throws JsonProcessingException {
    software.put("version", "1e99999999");
    assertThat(filled("{software.version|number}")).isEqualTo(json("\"1e99999999\""));
  }

  @Test
  void aMemberWithoutItsValueIsLeftOut() {
    software.put("client_uri", " ").putNull("logo_uri").putArray("role_names");

    assertThat(filled("{software.client_uri}").isMissingNode()).isTrue();
    assertThat(filled("{software.logo_uri}").isMissingNode()).isTrue();
    assertThat(filled("{software.origin}/revoke").isMissingNode()).isTrue();
    assertThat(filled("{software.role_names|joined}").isMissingNode()).isTrue();
    assertThat(filled("{software.role_names}")).isEmpty();
    assertThat(filled("a text")).hasToString("\"a text\"");
  }

  @Test
  void aListBecomesAnItemForEachElement() throws JsonProcessingException {
    common
        .putArray("organisations")
        .add(
            json(
                """
                {"id": "1", "software": [{"id": "a", "roles": [{"name": "r"}]}, {"id": "b"}]}
                """))
        .add(json("{\"id\": \"2\"}"));
    Template template =
        template(
            each ->
                each.putObject("participants")
                    .put("each", "organisations")
                    .set(
                        "item",
                        parse(
                            """
                            {"o": "{organisation.id}",
                             "s": {"each": "organisation.software",
                                   "item": {"i": "{organisation.id}/{software.id}",
                                            "r": {"each": "software.roles",
                                                  "item": "{role.name}"}}}}
                            """)));

    assertThat(template.participants(Values.of(common)))
        .isEqualTo(
            json(
                """
                [{"o": "1", "s": [{"i": "1/a", "r": ["r"]}, {"i": "1/b", "r": []}]},
                 {"o": "2", "s": []}]
                """));
  }

  private static JsonNode parse(String text) {
    try {
      return json(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\",\"iss\":\"x",
        "<script>alert(1)</script>",
        "{organisation.id}{now}",
        "\\u0022,",
        "${jndi:ldap://x}"
      })
  void aValueIsNeverReadAsAnythingElse(String hostile) throws JsonProcessingException {
    organisation.put("id", "1").put("name", hostile);
    common.put("now", 1);
    ObjectNode filled =
        (ObjectNode)
            template(
                    json ->
                        json.withObject("/statement")
                            .putObject("members")
                            .put("m", "{organisation.name}")
                            .put("n", "a {organisation.name}"))
                .statement(values());

    JsonNode read = json(filled.toString());
    assertThat(read).hasSize(2);
    assertThat(read.get("m").textValue()).isEqualTo(hostile);
    assertThat(read.get("n").textValue()).isEqualTo("a " + hostile);
  }

  @Test
  void controlCharactersAndHalfCharactersAreLeftOut() {
    organisation.put("name", "A\u0000\r\nB\ud800C\u0085");
    JsonNode filled = filled("{organisation.name}");
    assertThat(filled.textValue()).isEqualTo("ABC");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bank, O=Other, CN=other",
        "Bank+CN=other",
        "#0c056f74686572",
        "\\#0c056f74686572",
        "a\"b<c>;d=e",
        " Bank",
        "Bänk 銀行 🏦"
      })
  void aNameIsOneValueOfTheSubject(String hostile) {
    organisation.put("id", "1").put("name", hostile).put("country", "GB");
    software.put("id", "s-1");
    X500Name name =
        X500Name.getInstance(template(json -> {}).transport().subject(values()).getEncoded());

    assertThat(name.getRDNs()).hasSize(4);
    assertThat(name.getRDNs()).allSatisfy(rdn -> assertThat(rdn.isMultiValued()).isFalse());
    assertThat(name.getRDNs(BCStyle.O)[0].getFirst().getValue()).hasToString(hostile.strip());
    assertThat(name.getRDNs(BCStyle.CN)[0].getFirst().getValue()).hasToString("s-1");
  }

  @Test
  void aLongNameIsCutOffWhereCertificatesEnd() {
    organisation.put("id", "1").put("name", "🏦".repeat(100));
    software.put("id", "s-1");
    X500Name name =
        X500Name.getInstance(template(json -> {}).transport().subject(values()).getEncoded());
    assertThat(name.getRDNs(BCStyle.O)[0].getFirst().getValue()).hasToString("🏦".repeat(64));
    assertThat(name.getRDNs(BCStyle.C)).isEmpty();
  }

  @Test
  void alternativeNamesThatAreNotWellFormedAreLeftOut() {
    Template template =
        template(
            json -> {
              ObjectNode transport = json.withObject("/certificates/transport");
              transport.putArray("dns_names").add("{organisation.name}").add("a.example");
              transport.putArray("uris").add("{organisation.name}").add("urn:x:{software.id}");
            });
    software.put("id", "s-1");
    for (String name : new String[] {"x y", "a.example\u0000.b", "-a", "a..b", "ä.example", "*"}) {
      organisation.put("name", name);
      assertThat(template.transport().dnsNames(values()))
          .doesNotContain(name)
          .contains("a.example");
      assertThat(template.transport().uris(values())).containsExactly("urn:x:s-1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/statement/members/m; {organisation.nam}; there is no placeholder {organisation.nam} here",
        "/statement/members/m; {role.name}; there is no placeholder {role.name} here",
        "/statement/members/m; {software.name|joined}; the value has no form 'joined'",
        "/statement/members/m; a {software.role_names}; a list cannot be a part of a text",
        "/statement/members/m; {software.role_names} a; a list cannot be a part of a text",
        "/statement/members/m; {software.name; braces can only enclose a placeholder",
        "/statement/members/m; a } b; braces can only enclose a placeholder",
        "/statement/members/m; {}; there is no placeholder {} here",
        "/issuer; {now}; there is no placeholder {now} here",
        "/participants/m; {now}; there is no placeholder {now} here",
        "/participants/m; {organisation.id}; there is no placeholder {organisation.id} here",
        "/certificates/transport/uris/0; {software.jwks_uri}; there is no placeholder",
        "/certificates/signing/subject/1/value; {nobody}; there is no placeholder {nobody} here",
        "/certificates/signing/subject/1/type; C; the subject has this attribute already",
        "/certificates/signing/subject/1/type; Xyz; there is no attribute 'Xyz'",
        "/certificates/signing/subject/1/type; 2.99.; /certificates/signing/subject/1/type breaks",
        "/id; Not an id; /id breaks pattern",
        "/statement/algorithm; RS256; /statement/algorithm breaks enum",
        "/statement/keys; ../x.jwks; /statement/keys breaks pattern",
        "/words/role/active; ''; /words/role/active breaks minLength"
      })
  void aFaultIsNamedWithItsPlace(String at, String value, String sentence) {
    assertThatThrownBy(
            () ->
                template(
                    json -> {
                      int end = at.lastIndexOf('/');
                      JsonNode parent = json.at(at.substring(0, end));
                      String name = at.substring(end + 1);
                      if (parent.isObject()) {
                        ((ObjectNode) parent).put(name, value);
                      } else {
                        ((ArrayNode) parent).set(Integer.parseInt(name), value);
                      }
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(at)
        .hasMessageContaining(sentence);
  }

  @Test
  void aSubjectNamesTheSoftware() {
    assertThatThrownBy(
            () ->
                template(
                    json ->
                        json.withObject("/certificates/transport")
                            .putArray("subject")
                            .addObject()
                            .put("type", "O")
                            .put("value", "{organisation.name}")))
        .hasMessage("/certificates/transport/subject: one attribute must contain {software.id}");
  }

  @Test
  void aStatementWithoutALifetimeHasNoExpiry() {
    assertThatThrownBy(() -> template(json -> json.withObject("/statement").remove("lifetime")))
        .hasMessage("/statement/members/exp: there is no placeholder {expiry} here");
  }

  @Test
  void anIterationHasAListAndAnItem() {
    assertThatThrownBy(
            () -> template(json -> json.putObject("participants").put("each", "organisations")))
        .hasMessageContaining("/participants: an object with the member each");
    assertThatThrownBy(
            () ->
                template(
                    json ->
                        json.putObject("participants").put("each", "software").put("item", "x")))
        .hasMessage("/participants/each: there is no list 'software' here");
  }

  @Test
  void whatIsNoTemplateIsRefused() {
    assertThatThrownBy(() -> TemplateDocument.read("{")).hasMessageContaining("not valid JSON");
    assertThatThrownBy(() -> TemplateDocument.read("[]")).hasMessageContaining("breaks type");
    assertThatThrownBy(() -> TemplateDocument.read("{}")).hasMessageContaining("is missing");
    assertThatThrownBy(() -> TemplateDocument.read(" ".repeat(250_001)))
        .hasMessageContaining("longer than");
    assertThatThrownBy(() -> template(json -> json.put("more", 1)))
        .hasMessageContaining("there is no member more");
  }
}
