package io.github.fapipack.consent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A text that the bank's consent service gives in several languages, in the user's language. */
final class BankText {

  private static final int LONGEST = 500;
  private static final String ANY_LANGUAGE = "und";

  private BankText() {}

  /**
   * For a template: the text, and its language unless it is for all languages.
   *
   * @param texts by language tag
   * @param code what is shown if there is no text
   */
  static Map<String, String> model(Map<String, String> texts, String code, Locale locale) {
    for (String tag : preferred(texts, locale)) {
      String text = texts.get(tag);
      if (text != null && !text.isBlank()) {
        Map<String, String> model = Map.of("text", SafeText.of(text, LONGEST));
        return tag.equals(ANY_LANGUAGE) || !tag.matches("[A-Za-z0-9-]{2,35}")
            ? model
            : Map.of("text", model.get("text"), "lang", tag);
      }
    }
    return Map.of("text", SafeText.of(code == null ? "" : code, LONGEST));
  }

  /** The language tags to try, best first: the user's, English, and all others. */
  private static List<String> preferred(Map<String, String> texts, Locale locale) {
    List<String> tags = new ArrayList<>();
    List<Locale.LanguageRange> wanted =
        List.of(
            new Locale.LanguageRange(locale.toLanguageTag()),
            new Locale.LanguageRange(locale.getLanguage().isEmpty() ? "*" : locale.getLanguage()));
    List<String> known = texts.keySet().stream().sorted().toList();
    String looked = Locale.lookupTag(List.of(wanted.get(0)), known);
    if (looked != null) {
      known.stream().filter(looked::equalsIgnoreCase).forEach(tags::add);
    }
    // The same language in another country: better than another language.
    Locale.filterTags(wanted, known).stream()
        .flatMap(tag -> known.stream().filter(tag::equalsIgnoreCase))
        .forEach(tags::add);
    tags.add(ANY_LANGUAGE);
    tags.add(Locale.ENGLISH.getLanguage());
    tags.addAll(known);
    return tags;
  }
}
