package io.github.fapipack.rule;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response.Status;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.ErrorResponse;
import org.keycloak.services.ErrorResponseException;

/**
 * Reads and describes the settings of a rule. The record is the source of the form in the admin
 * console, the defaults and the checks.
 */
public final class RuleSettings<S extends Record> {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY);
  public static final String MODE = "mode";
  public static final String SPECIFICATION = "specification";

  /** Settings are read on every event; a realm has few different ones. */
  private static final int CACHED = 256;

  /** A rule's settings together with what every rule has: mode and specification. */
  public record Parsed<S extends Record>(S settings, Mode mode, Specification specification) {}

  private final String owner;
  private final Class<S> type;
  private final Map<Map<String, Object>, Parsed<S>> cache = new ConcurrentHashMap<>();

  RuleSettings(String owner, Class<S> type) {
    this.owner = owner;
    this.type = type;
  }

  /**
   * Reads a saved configuration; absent and empty values take their default.
   *
   * @throws ErrorResponseException HTTP 400 naming rule and field, when a value is not acceptable
   */
  public Parsed<S> parse(Map<String, Object> config) {
    Parsed<S> known = cache.get(config);
    if (known == null) {
      known = read(config);
      if (cache.size() < CACHED) {
        cache.put(Map.copyOf(withoutNulls(config)), known);
      }
    }
    return known;
  }

  private Parsed<S> read(Map<String, Object> config) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      values.put(component.getName(), defaultValue(component));
    }
    withoutNulls(config).forEach(values::put);
    Mode mode = oneOf(Mode.ENFORCE, MODE, values.remove(MODE));
    Specification specification =
        oneOf(Specification.FAPI2, SPECIFICATION, values.remove(SPECIFICATION));
    try {
      return new Parsed<>(MAPPER.convertValue(values, type), mode, specification);
    } catch (IllegalArgumentException e) {
      throw unacceptable(e);
    }
  }

  private <E extends Enum<E>> E oneOf(E standard, String field, Object value) {
    if (value == null) {
      return standard;
    }
    try {
      return Enum.valueOf(
          standard.getDeclaringClass(),
          value.toString().replace('-', '_').toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw badRequest(
          "field '"
              + field
              + "' must be '"
              + String.join("' or '", names(standard.getDeclaringClass()))
              + "'");
    }
  }

  private ErrorResponseException unacceptable(IllegalArgumentException e) {
    Throwable cause = e.getCause();
    if (cause instanceof JsonMappingException mapping) {
      String field = mapping.getPath().isEmpty() ? null : mapping.getPath().get(0).getFieldName();
      // The message of the record's constructor is the best one; Jackson's names classes.
      Throwable root = mapping.getCause();
      if (root instanceof IllegalArgumentException own) {
        return badRequest(own.getMessage());
      }
      return badRequest(
          Arrays.stream(type.getRecordComponents()).anyMatch(c -> c.getName().equals(field))
              ? "field '" + field + "' has a value of the wrong type"
              : "field '" + field + "' is unknown");
    }
    return badRequest(e.getMessage());
  }

  private ErrorResponseException badRequest(String what) {
    return ErrorResponse.error(owner + ": " + what, Status.BAD_REQUEST);
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> config) {
    Map<String, Object> result = new LinkedHashMap<>(config);
    result.values().removeIf(value -> value == null || "".equals(value));
    return result;
  }

  private static Object defaultValue(RecordComponent component) {
    String value = component.getAnnotation(Setting.class).value();
    if (component.getType() == List.class) {
      return value.isBlank() ? List.of() : List.of(value.split(" "));
    }
    return value;
  }

  /** The fields that every rule has in the form of the admin console. */
  static List<ProviderConfigProperty> commonProperties() {
    return List.of(
        choice(
            MODE,
            "Mode",
            "enforce refuses what breaks the rule; report lets it pass and records it.",
            Mode.class),
        choice(
            SPECIFICATION,
            "Specification",
            "The generation of FAPI whose clauses refusals name.",
            Specification.class));
  }

  private static <E extends Enum<E>> ProviderConfigProperty choice(
      String name, String label, String help, Class<E> values) {
    ProviderConfigProperty property =
        new ProviderConfigProperty(
            name, label, help, ProviderConfigProperty.LIST_TYPE, names(values).get(0));
    property.setOptions(names(values));
    return property;
  }

  private static List<String> names(Class<? extends Enum<?>> values) {
    return Arrays.stream(values.getEnumConstants()).map(value -> JsonName.of(value)).toList();
  }

  /** The fields of the form, except those that every rule has. */
  List<ProviderConfigProperty> properties() {
    List<ProviderConfigProperty> properties = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      Setting setting = component.getAnnotation(Setting.class);
      properties.add(
          new ProviderConfigProperty(
              component.getName(),
              setting.label(),
              setting.help(),
              formType(component.getType()),
              formDefault(component)));
    }
    return properties;
  }

  private static String formType(Class<?> type) {
    if (type == boolean.class) {
      return ProviderConfigProperty.BOOLEAN_TYPE;
    }
    return type == List.class
        ? ProviderConfigProperty.MULTIVALUED_STRING_TYPE
        : ProviderConfigProperty.STRING_TYPE;
  }

  private static Object formDefault(RecordComponent component) {
    Object value = defaultValue(component);
    return component.getType() == boolean.class ? Boolean.valueOf(value.toString()) : value;
  }
}
