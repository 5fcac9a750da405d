package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.PathType;
import io.github.fapipack.approval.Fault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A JSON Schema 2020-12 with {@code format} asserted. Nothing is fetched: a schema can refer only
 * to itself.
 */
final class DetailsSchema {

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

  private static final Pattern META_SCHEMAS =
      Pattern.compile(Pattern.quote(DRAFT) + "(schema|meta/[a-z-]+)");

  private static final Dialect DIALECT =
      Dialect.builder(Dialects.getDraft202012())
          .keyword(new NonValidationKeyword(TypeSettings.MEMBER))
          .build();

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .preloadSchema(true)
          // The pack has its own sentences, so no message bundle is loaded.
          .messageSource((key, standard, locale, arguments) -> key)
          .build();

  private static final Schema META = registry().getSchema(SchemaLocation.of(DRAFT + "schema"));

  private final Schema schema;

  /** One for each schema, so that schemas cannot refer to each other by {@code $id}. */
  private static SchemaRegistry registry() {
    return SchemaRegistry.withDialect(
        DIALECT,
        registry ->
            registry
                .schemaRegistryConfig(CONFIG)
                .schemaLoader(loader -> loader.allow(id -> isMetaSchema(id.toString()))));
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
      this.schema = registry().getSchema(schema);
      this.schema.initializeValidators();
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException("its schema cannot be used: " + reason(e), e);
    }
  }

  /** What the innermost exception says; the library's own begin with the name of its class. */
  private static String reason(Throwable failure) {
    return failure.getCause() == null ? failure.getMessage() : reason(failure.getCause());
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

  private static Fault fault(Error message) {
    String member = message.getProperty();
    String pointer = message.getInstanceLocation().toString();
    return switch (message.getKeyword()) {
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
          new Fault(pointer, "must hold " + message.getKeyword() + " " + demand(message));
      default -> new Fault(pointer, "must hold " + message.getKeyword() + " of its type's schema");
    };
  }

  /** What the schema requires; never the value, which is the last argument of some messages. */
  private static String demand(Error message) {
    JsonNode demanded = message.getSchemaNode();
    return demanded == null || demanded.isMissingNode()
        ? "of its type's schema"
        : demanded.isArray()
            ? Arrays.stream(demanded.toString().replaceAll("[\\[\\]\"]", "").split(","))
                .collect(Collectors.joining(" or "))
            : demanded.asText();
  }

  /** Whether it is the metaschema or one of its parts, which come with the library. */
  private static boolean isMetaSchema(String id) {
    if (META_SCHEMAS.matcher(id).matches()) {
      return true;
    }
    throw new IllegalArgumentException("a schema can refer to itself only");
  }
}
