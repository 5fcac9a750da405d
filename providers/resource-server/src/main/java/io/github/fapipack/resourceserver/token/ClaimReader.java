package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Claims by their type; one that has another type makes the token invalid. */
final class ClaimReader {
  /** The last second of the year 9999. */
  private static final double LATEST = 253_402_300_799d;

  private final Map<String, Object> claims;
  private final String clause;

  /**
   * Reads these claims.
   *
   * @param clause which clause defines them
   */
  ClaimReader(Map<String, Object> claims, String clause) {
    this.claims = claims;
    this.clause = clause;
  }

  Optional<String> text(String name) throws RefusedRequest {
    Object value = claims.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text && !text.isEmpty()) {
      return Optional.of(text);
    }
    throw wrongType(name);
  }

  /** Seconds since 1970, at most until the year 9999. */
  Optional<Instant> time(String name) throws RefusedRequest {
    Object value = claims.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Number number
        && number.doubleValue() >= 0
        && number.doubleValue() <= LATEST) {
      return Optional.of(Instant.ofEpochSecond(number.longValue()));
    }
    throw wrongType(name);
  }

  /** A text, or an array of texts. */
  Set<String> texts(String name) throws RefusedRequest {
    Object value = claims.get(name);
    if (value instanceof String text) {
      return Set.of(text);
    }
    Set<String> texts = new LinkedHashSet<>();
    for (Object element : array(name)) {
      if (!(element instanceof String text)) {
        throw wrongType(name);
      }
      texts.add(text);
    }
    return texts;
  }

  /** The words of a text, separated by spaces. */
  Set<String> words(String name) throws RefusedRequest {
    Object value = claims.get(name);
    if (value == null) {
      return Set.of();
    }
    if (!(value instanceof String text)) {
      throw wrongType(name);
    }
    Set<String> words = new LinkedHashSet<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf(' ', start);
      end = end < 0 ? text.length() : end;
      if (end > start) {
        words.add(text.substring(start, end));
      }
      start = end + 1;
    }
    return words;
  }

  /** An array of objects. */
  @SuppressWarnings("unchecked")
  List<Map<String, Object>> objects(String name) throws RefusedRequest {
    List<Map<String, Object>> objects = new ArrayList<>();
    for (Object element : array(name)) {
      if (!(element instanceof Map)) {
        throw wrongType(name);
      }
      // The names of the members of a JSON object are texts.
      objects.add((Map<String, Object>) element);
    }
    return objects;
  }

  /** The members of an object that are texts; these members must be texts. */
  Map<String, String> object(String name, Set<String> mustBeTexts) throws RefusedRequest {
    Object value = claims.get(name);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> object)) {
      throw wrongType(name);
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<?, ?> member : object.entrySet()) {
      String key = (String) member.getKey();
      if (member.getValue() instanceof String text) {
        texts.put(key, text);
      } else if (mustBeTexts.contains(key)) {
        throw wrongType(name);
      }
    }
    return texts;
  }

  /** A claim without which a token is no good. */
  <T> T required(Optional<T> claim, String name) throws RefusedRequest {
    if (claim.isPresent()) {
      return claim.get();
    }
    throw invalid("the access token has no " + name + "; get a new one");
  }

  RefusedRequest invalid(String sentence) {
    return new RefusedRequest(Problem.INVALID_TOKEN, sentence, clause);
  }

  private List<?> array(String name) throws RefusedRequest {
    Object value = claims.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw wrongType(name);
  }

  private RefusedRequest wrongType(String name) {
    return invalid("the " + name + " of the access token has a wrong type; get a new one");
  }
}
