package io.github.fapipack.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template as its file has it. The file's JSON Schema ({@code fapi-schemes/schema.json})
 * describes each member.
 */
@JsonNaming(SnakeCaseStrategy.class)
record TemplateFile(
    @JsonProperty("$schema") String schema,
    String id,
    String name,
    String version,
    String issuer,
    String ecosystem,
    Words words,
    LinkedHashMap<String, String> roles,
    Statement statement,
    JsonNode participants,
    Certificates certificates) {

  /** The words for standings, by their names in lower case. */
  record Words(
      Map<String, String> organisation, Map<String, String> software, Map<String, String> role) {}

  /**
   * @param lifetime in seconds; null if statements do not expire
   * @param keys the name of the key set
   */
  record Statement(
      String algorithm, String type, Integer lifetime, String keys, JsonNode members) {}

  record Certificates(Certificate transport, Certificate signing) {}

  @JsonNaming(SnakeCaseStrategy.class)
  record Certificate(List<Attribute> subject, List<String> dnsNames, List<String> uris, int days) {

    Certificate {
      dnsNames = dnsNames == null ? List.of() : List.copyOf(dnsNames);
      uris = uris == null ? List.of() : List.copyOf(uris);
    }
  }

  /** An attribute of a subject, by its short name or its dotted identifier. */
  record Attribute(String type, String value) {}
}
