package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Fault;
import io.github.fapipack.schema.JsonSchema;
import io.github.fapipack.schema.JsonSchema.Violation;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The JSON Schema of a type of authorization details. */
final class DetailsSchema {

  private final JsonSchema schema;

  /**
   * @throws IllegalArgumentException if it is not such a schema
   */
  DetailsSchema(JsonNode schema) {
    this.schema = new JsonSchema(schema, TypeSettings.MEMBER);
  }

  /** The first fault at each location in an object. */
  List<Fault> faults(ObjectNode detail) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    schema.violations(detail).stream()
        .map(DetailsSchema::fault)
        .forEach(fault -> faults.putIfAbsent(fault.pointer(), fault));
    return List.copyOf(faults.values());
  }

  private static Fault fault(Violation violation) {
    String member = violation.member();
    String pointer = violation.pointer();
    return switch (violation.keyword()) {
      case "" -> new Fault("", "its type's schema refers to itself without an end");
      case "required" -> new Fault(pointer + "/" + member, "the member is missing");
      case "additionalProperties", "unevaluatedProperties" ->
          new Fault(pointer + "/" + member, "its type has no such member");
      case "dependentRequired" -> new Fault(pointer, "another member must come with it");
      case "enum", "const" -> new Fault(pointer, "must be a value that its type lists");
      case "type",
          "pattern",
          "format",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf" ->
          new Fault(pointer, "must hold " + violation.keyword() + " " + demand(violation));
      default -> new Fault(pointer, "must hold " + violation.keyword() + " of its type's schema");
    };
  }

  /** What the schema requires; never the value. */
  private static String demand(Violation violation) {
    JsonNode demanded = violation.demanded();
    return demanded == null || demanded.isMissingNode()
        ? "of its type's schema"
        : demanded.isArray()
            ? Arrays.stream(demanded.toString().replaceAll("[\\[\\]\"]", "").split(","))
                .collect(Collectors.joining(" or "))
            : demanded.asText();
  }
}
