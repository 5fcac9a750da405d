package io.github.fapipack.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The language for findings, refusals and errors. */
public final class Language {

  /** Members of a response that contain a sentence of the pack. */
  private static final Set<String> SAID =
      Set.of("problem", "remedy", "seen", "wanted", "blocked", "errorMessage");

  /** Members that contain data of the realm, which is not translated. */
  private static final Set<String> DATA = Set.of("changes", "undo", "conflicts");

  /** The member that lists the members of an object that could not be translated. */
  private static final String ENGLISH = "english";

  private static final String SEPARATOR = "; ";
  private static final String COMMA = ", ";
  private static final String CLAUSES = " (";

  /** The separators of languages that have their own. */
  private static final Map<String, String> SEPARATORS =
      Map.of("ja" + SEPARATOR, "。", "ja" + COMMA, "、", "ar" + SEPARATOR, "؛ ", "ar" + COMMA, "، ");

  /** Longer texts are not sentences of the pack. */
  private static final int LONGEST = 8000;

  /** Texts with more parts are not translated part by part. */
  private static final int MOST_PARTS = 20;

  private static final int MOST_KEPT = 1000;

  /** How deep sentences may be nested within sentences. */
  private static final int DEEPEST = 3;

  /**
   * A template with fewer fixed characters matches only if its values are names or sentences of the
   * pack; one that begins with a value needs more.
   */
  private static final int WEAK = 10;

  private static final int WEAK_BEGINNING = 30;

  private final Sentences sentences;
  private final String tag;

  /** A cache, because most sentences occur many times in a response. */
  private final Map<String, Optional<String>> told = new HashMap<>();

  Language(Sentences sentences, String tag) {
    this.sentences = sentences;
    this.tag = tag;
  }

  /** The language that a request prefers among those available; English by default. */
  public static Language of(HttpHeaders headers) {
    Sentences sentences = Sentences.all();
    return new Language(
        sentences,
        headers.getAcceptableLanguages().stream()
            .map(wanted -> known(sentences, wanted))
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(Locale.ENGLISH.getLanguage()));
  }

  /** The language of a user; English if there are no translations into it. */
  public static Language of(Locale locale) {
    Sentences sentences = Sentences.all();
    String known = known(sentences, locale);
    return new Language(sentences, known == null ? Locale.ENGLISH.getLanguage() : known);
  }

  private static String known(Sentences sentences, Locale wanted) {
    return Stream.concat(Stream.of(Locale.ENGLISH.getLanguage()), sentences.tags().stream())
        .filter(tag -> Locale.forLanguageTag(tag).getLanguage().equals(wanted.getLanguage()))
        .findFirst()
        .orElse(null);
  }

  /** Its language tag. */
  public String tag() {
    return tag;
  }

  /**
   * Translates the sentences of a response. Those without a translation stay English, and the
   * member {@code english} lists them.
   */
  public <T extends JsonNode> T translate(T answer) {
    if (sentences.tags().contains(tag)) {
      translateAll(answer);
    }
    return answer;
  }

  private void translateAll(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> english = new ArrayList<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (SAID.contains(member.getKey()) && member.getValue().isTextual()) {
          Optional<String> translated = of(member.getValue().textValue());
          if (translated.isPresent()) {
            member.setValue(object.textNode(translated.get()));
          } else if (!member.getValue().textValue().isEmpty()) {
            english.add(member.getKey());
          }
        } else if (!DATA.contains(member.getKey())) {
          translateAll(member.getValue());
        }
      }
      if (!english.isEmpty()) {
        english.forEach(object.putArray(ENGLISH)::add);
      }
    } else {
      node.forEach(this::translateAll);
    }
  }

  /** A sentence of the pack in this language; empty if there is no translation. */
  public Optional<String> of(String sentence) {
    if (!sentences.tags().contains(tag)) {
      return Optional.of(sentence);
    }
    if (sentence.length() > LONGEST) {
      return Optional.empty();
    }
    if (told.size() > MOST_KEPT) {
      told.clear();
    }
    Optional<String> known = told.get(sentence);
    if (known == null) {
      known = told(sentence, 0);
      told.put(sentence, known);
    }
    return known;
  }

  private Optional<String> told(String sentence, int depth) {
    if (depth > DEEPEST || !sentence.contains(" ")) {
      return Optional.empty();
    }
    return parts(sentence, SEPARATOR, depth)
        .or(() -> one(sentence, depth))
        .or(() -> withClauses(sentence, depth))
        .or(() -> depth == 0 ? Optional.empty() : parts(sentence, COMMA, depth));
  }

  /** The help text of a rule ends with its clauses. */
  private Optional<String> withClauses(String sentence, int depth) {
    int end = sentence.lastIndexOf(CLAUSES);
    return end < 0 || !sentence.endsWith(")")
        ? Optional.empty()
        : one(sentence.substring(0, end), depth).map(told -> told + sentence.substring(end));
  }

  /** The fault and the remedy are two sentences, and a value can be a list of sentences. */
  private Optional<String> parts(String sentence, String separator, int depth) {
    if (!sentence.contains(separator)) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    String open = "";
    for (String part : sentence.split(separator, MOST_PARTS)) {
      // A sentence may contain the separator itself.
      open = open.isEmpty() ? part : open + separator + part;
      Optional<String> told = one(open, depth);
      if (told.isPresent()) {
        parts.add(told.get());
        open = "";
      }
    }
    if (!open.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(String.join(SEPARATORS.getOrDefault(tag + separator, separator), parts));
  }

  private Optional<String> one(String sentence, int depth) {
    String read = Sentences.asciiQuotes(sentence);
    return sentences.entries().stream()
        .map(entry -> entry.english().valuesIn(read, sentence).flatMap(v -> with(entry, v, depth)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> with(Sentences.Entry entry, List<String> values, int depth) {
    List<String> shown = new ArrayList<>();
    for (String value : values) {
      Optional<String> told = told(value, depth + 1);
      if (told.isEmpty() && isWeak(entry.english()) && !isNames(value)) {
        return Optional.empty();
      }
      shown.add(told.orElse(value));
    }
    return Optional.ofNullable(entry.others().get(tag)).map(other -> other.with(shown));
  }

  private static boolean isWeak(Template english) {
    return english.length() < (english.words().get(0).isEmpty() ? WEAK_BEGINNING : WEAK);
  }

  /** Names of parameters, some with an attribute of Keycloak in brackets. */
  private static boolean isNames(String value) {
    return Stream.of(value.replace(" (", "(").split(COMMA)).noneMatch(name -> name.contains(" "));
  }
}
