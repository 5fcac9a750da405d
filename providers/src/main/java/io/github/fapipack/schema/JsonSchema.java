package io.github.fapipack.schema;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON Schema 2020-12 with {@code format} asserted. Nothing is fetched: a schema can refer only
 * to itself.
 */
public final class JsonSchema {

  /**
   * What a value breaks.
   *
   * @param keyword the keyword of the schema, such as {@code required}; empty if the schema refers
   *     to itself without an end
   * @param pointer where the value is, as a JSON Pointer
   * @param member the member that is missing or not allowed, or null
   * @param demanded what the schema requires there, or null
   */
  public record Violation(String keyword, String pointer, String member, JsonNode demanded) {

    /** What is wrong, for somebody who writes such a document. */
    public String sentence() {
      String at = pointer.isEmpty() ? "the document" : pointer;
      return switch (keyword) {
        case "required" -> at + ": the member " + member + " is missing";
        case "additionalProperties", "unevaluatedProperties" ->
            at + ": there is no member " + member;
        default -> at + " breaks " + keyword + " " + (demanded == null ? "" : demanded);
      };
    }
  }

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/";

  private static final Pattern META_SCHEMAS =
      Pattern.compile(Pattern.quote(DRAFT) + "(schema|meta/[a-z-]+)");

  private static final SchemaRegistryConfig CONFIG =
      SchemaRegistryConfig.builder()
          .formatAssertionsEnabled(true)
          .pathType(PathType.JSON_POINTER)
          .preloadSchema(true)
          // The pack has its own sentences, so no message bundle is loaded.
          .messageSource((key, standard, locale, arguments) -> key)
          .build();

  private static final Schema META =
      registry(Dialects.getDraft202012()).getSchema(SchemaLocation.of(DRAFT + "schema"));

  private final Schema schema;

  /** One for each schema, so that schemas cannot refer to each other by {@code $id}. */
  private static SchemaRegistry registry(Dialect dialect) {
    return SchemaRegistry.withDialect(
        dialect,
        registry ->
            registry
                .schemaRegistryConfig(CONFIG)
                .schemaLoader(loader -> loader.allow(id -> isMetaSchema(id.toString()))));
  }

  /**
   * @param annotations keywords of the schema that say nothing about valid values
   * @throws IllegalArgumentException if it is not such a schema
   */
  public JsonSchema(JsonNode schema, String... annotations) {
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
      this.schema = registry(dialect(annotations)).getSchema(schema);
      this.schema.initializeValidators();
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalArgumentException("its schema cannot be used: " + reason(e), e);
    }
  }

  private static Dialect dialect(String... annotations) {
    Dialect.Builder dialect = Dialect.builder(Dialects.getDraft202012());
    for (String annotation : annotations) {
      dialect.keyword(new NonValidationKeyword(annotation));
    }
    return dialect.build();
  }

  /** What the innermost exception says; the library's own begin with the name of its class. */
  private static String reason(Throwable failure) {
    return failure.getCause() == null ? failure.getMessage() : reason(failure.getCause());
  }

  /** The first violation at each place of a value. */
  public List<Violation> violations(JsonNode value) {
    try {
      Map<String, Violation> found = new LinkedHashMap<>();
      for (Error message : schema.validate(value)) {
        Violation violation = violation(message);
        found.putIfAbsent(
            violation.pointer() + "/" + Optional.ofNullable(violation.member()).orElse(""),
            violation);
      }
      return new ArrayList<>(found.values());
    } catch (StackOverflowError e) {
      return List.of(new Violation("", "", null, null));
    }
  }

  private static Violation violation(Error message) {
    return new Violation(
        message.getKeyword(),
        message.getInstanceLocation().toString(),
        message.getProperty(),
        message.getSchemaNode());
  }

  /** Whether it is the metaschema or one of its parts, which come with the library. */
  private static boolean isMetaSchema(String id) {
    if (META_SCHEMAS.matcher(id).matches()) {
      return true;
    }
    throw new IllegalArgumentException("a schema can refer to itself only");
  }
}
