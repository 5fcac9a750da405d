package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.InputStreamSource;
import io.github.fapipack.approval.Fault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON Schema 2020-12 with {@code format} asserted. Nothing is fetched: a schema can refer only
 * to itself.
 */
final class DetailsSchema {

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

  private static final JsonMetaSchema DIALECT =
      JsonMetaSchema.builder(JsonMetaSchema.getV202012())
          .keyword(new NonValidationKeyword(TypeSettings.MEMBER))
          .build();

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .preloadJsonSchema(true)
          // The pack has its own sentences, so no message bundle is loaded.
          .messageSource((key, standard, locale, arguments) -> key)
          .build();

  private static final JsonSchema META =
      factory().getSchema(SchemaLocation.of(DRAFT + "schema"), CONFIG);

  private final JsonSchema schema;

  /** One for each schema, so that schemas cannot refer to each other by {@code $id}. */
  private static JsonSchemaFactory factory() {
    return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(VersionFlag.V202012))
        .metaSchema(DIALECT)
        .schemaLoaders(loaders -> loaders.add(id -> refuseRemote(id.toString())))
        .build();
  }

  /**
   * @throws IllegalArgumentException if it is not such a schema
   */
  DetailsSchema(JsonNode schema) {
    if (!(schema instanceof ObjectNode)) {
      throw new IllegalArgumentException("its schema must be a JSON object");
    }
    JsonNode dialect = schema.path("$schema");
    if (!dialect.isMissingNode() && !dialect.asText().equals(DRAFT + "schema")) {
      throw new IllegalArgumentException("its schema must be of JSON Schema 2020-12");
    }
    META.validate(schema).stream()
        .findFirst()
        .ifPresent(
            message -> {
              throw new IllegalArgumentException(
                  "its schema is wrong at " + message.getInstanceLocation());
            });
    try {
      this.schema = factory().getSchema(schema, CONFIG);
      this.schema.initializeValidators();
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException("its schema cannot be used: " + e.getMessage(), e);
    }
  }

  /** The first fault at each location in an object. */
  List<Fault> faults(ObjectNode detail) {
    try {
      Map<String, Fault> faults = new LinkedHashMap<>();
      schema.validate(detail).stream()
          .map(DetailsSchema::fault)
          .forEach(fault -> faults.putIfAbsent(fault.pointer(), fault));
      return List.copyOf(faults.values());
    } catch (StackOverflowError e) {
      return List.of(new Fault("", "its type's schema refers to itself without an end"));
    }
  }

  private static Fault fault(ValidationMessage message) {
    String member = message.getProperty();
    String pointer = message.getInstanceLocation().toString();
    return switch (message.getType()) {
      case "required" -> new Fault(pointer + "/" + member, "the member is missing");
      case "additionalProperties", "unevaluatedProperties" ->
          new Fault(pointer + "/" + member, "its type knows no such member");
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
          new Fault(pointer, "must hold " + message.getType() + " " + demand(message));
      default -> new Fault(pointer, "must hold " + message.getType() + " of its type's schema");
    };
  }

  /** What the schema requires; never the value, which is the last argument of some messages. */
  private static String demand(ValidationMessage message) {
    JsonNode demanded = message.getSchemaNode();
    return demanded == null || demanded.isMissingNode()
        ? "of its type's schema"
        : demanded.isArray()
            ? Arrays.stream(demanded.toString().replaceAll("[\\[\\]\"]", "").split(","))
                .collect(Collectors.joining(" or "))
            : demanded.asText();
  }

  private static InputStreamSource refuseRemote(String id) {
    if (id.startsWith(DRAFT) || id.startsWith("classpath:draft/2020-12/")) {
      return null; // part of the library
    }
    throw new IllegalArgumentException("a schema can refer to itself only");
  }
}
