package io.github.fapipack.resourceserver.details;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the file of a type says of comparing its objects: the member {@code x-fapi} of its JSON
 * Schema. The authorization server has validated the objects; only their use is judged here.
 *
 * @param id the value of {@code type}
 * @param known whether there is a file for it
 * @param comparisons how members may be less than granted; every other member must be equal
 * @param required the members that every object has, beside the type
 * @param expires the date or date-time after which an object is over, if it has one
 */
record DetailType(
    String id,
    boolean known,
    Map<MemberPath, Comparison> comparisons,
    List<String> required,
    Optional<MemberPath> expires) {

  DetailType {
    comparisons = Map.copyOf(comparisons);
    required = List.copyOf(required);
  }

  /** A type of which nothing is known: its members must be equal. */
  static DetailType unknown(String id) {
    return new DetailType(id, false, Map.of(), List.of(), Optional.empty());
  }

  /**
   * Reads a schema.
   *
   * @param nameOrNull the type if the schema does not name it
   * @throws IllegalArgumentException if it names no type, or a comparison that there is not
   */
  static DetailType of(Map<String, Object> schema, String nameOrNull) {
    Map<?, ?> settings = object(schema.get("x-fapi"));
    Map<MemberPath, Comparison> comparisons = new HashMap<>();
    object(settings.get("narrow"))
        .forEach(
            (where, how) -> comparisons.put(MemberPath.of((String) where), Comparison.of(how)));
    Optional<MemberPath> expires =
        settings.get("expires") instanceof String where
            ? Optional.of(MemberPath.of(where))
            : Optional.empty();
    return new DetailType(
        id(schema, settings, nameOrNull), true, comparisons, required(schema), expires);
  }

  private static List<String> required(Map<String, Object> schema) {
    List<String> required = new ArrayList<>();
    if (schema.get("required") instanceof List<?> names) {
      for (Object name : names) {
        if (name instanceof String member && !member.equals("type")) {
          required.add(member);
        }
      }
    }
    return required;
  }

  private static String id(Map<String, Object> schema, Map<?, ?> settings, String nameOrNull) {
    if (settings.get("type") instanceof String own) {
      return own;
    }
    Object constant = object(object(schema.get("properties")).get("type")).get("const");
    if (constant instanceof String own) {
      return own;
    }
    if (nameOrNull == null) {
      throw new IllegalArgumentException("the schema names no type; give x-fapi.type");
    }
    return nameOrNull;
  }

  private static Map<?, ?> object(Object value) {
    return value instanceof Map<?, ?> object ? object : Map.of();
  }

  /** Whether an object is over; a date ends when it has ended in all time zones. */
  boolean isOver(Map<String, Object> detail, Instant now) {
    return expires.isPresent()
        && expires.get().in(detail) instanceof String text
        && !now.isBefore(moment(text));
  }

  private static Instant moment(String text) {
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.ofHours(-12)).toInstant();
    } catch (DateTimeException unknownFormat) {
      return Instant.MIN; // over rather than never over
    }
  }

  /**
   * What an object keeps when a token is narrowed, so that a smaller one is still known as the same
   * (RFC 9396 6). If nobody knows what may be narrowed, that is nothing but the type.
   */
  Map<String, Object> lasting(Map<String, Object> detail) {
    if (!known) {
      return Map.of("type", id);
    }
    Map<String, Object> lasting = new LinkedHashMap<>(detail);
    for (MemberPath narrowed : comparisons.keySet()) {
      remove(lasting, narrowed, 0);
    }
    return lasting;
  }

  private static void remove(Map<String, Object> object, MemberPath path, int depth) {
    String name = path.names().get(depth);
    if (depth == path.names().size() - 1) {
      object.remove(name);
    } else if (object.get(name) instanceof Map<?, ?> inner) {
      Map<String, Object> copy = new LinkedHashMap<>();
      inner.forEach((key, value) -> copy.put((String) key, value));
      remove(copy, path, depth + 1);
      object.put(name, copy);
    }
  }
}
