package io.github.fapipack.rar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.approval.Fault;
import io.github.fapipack.rule.Clause;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One type of authorization details (RFC 9396 2.1), defined by data: a JSON Schema, texts in
 * several languages, and a fragment of the consent page.
 */
@Clause("RFC9396 2.1-1")
public final class AuthorizationDetailsType {

  private final String id;
  private final TypeSource source;
  private final TypeSettings settings;
  private final DetailsSchema compiled;

  /**
   * @throws IllegalArgumentException if it cannot be used, with a sentence for the administrator
   */
  AuthorizationDetailsType(String name, TypeSource source) {
    this.source = source;
    this.compiled = new DetailsSchema(source.schema());
    this.settings = TypeSettings.of(source.schema());
    this.id = settings.type().orElse(name);
    if (!id.matches("[\\x21-\\x7e]{1,200}")) {
      throw new IllegalArgumentException("its name must be up to 200 printable ASCII characters");
    }
  }

  /** The value of {@code type}. */
  public String id() {
    return id;
  }

  /** The JSON Schema 2020-12 of its objects. */
  public JsonNode schema() {
    return source.schema();
  }

  /** Its settings besides the schema. */
  public TypeSettings settings() {
    return settings;
  }

  /**
   * The texts in a language; missing ones come from the language without region, or from English.
   */
  public Map<String, String> messages(Locale locale) {
    Map<String, String> texts = new HashMap<>(source.messages().apply(Locale.ENGLISH));
    texts.putAll(
        source
            .messages()
            .apply(
                new Locale.Builder()
                    .setLocale(locale)
                    .clearExtensions()
                    .setRegion("")
                    .setScript("")
                    .setVariant("")
                    .build()));
    texts.putAll(source.messages().apply(locale));
    return texts;
  }

  /** The FreeMarker fragment that shows one object on the consent page, if it has one. */
  public Optional<String> template() {
    return Optional.ofNullable(source.template());
  }

  /** Whether it comes from the server's files rather than from a realm administrator. */
  public boolean isTrusted() {
    return source.trusted();
  }

  /** The first fault at each location in an object; empty if there is none. */
  List<Fault> faults(ObjectNode detail) {
    Map<String, Fault> faults = new LinkedHashMap<>();
    Stream.of(CommonFields.SCHEMA, compiled)
        .flatMap(schema -> schema.faults(detail).stream())
        .forEach(fault -> faults.putIfAbsent(fault.pointer(), fault));
    return List.copyOf(faults.values());
  }
}
