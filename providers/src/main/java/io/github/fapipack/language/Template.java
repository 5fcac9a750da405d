package io.github.fapipack.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sentence with placeholders.
 *
 * @param words the text before, between and after the placeholders; one more than there are
 *     placeholders
 * @param places the number of each placeholder
 */
record Template(List<String> words, List<Integer> places) {

  Template {
    words = List.copyOf(words);
    places = List.copyOf(places);
  }

  /** Parses a sentence with the placeholders {0}, {1}, ...; other braces are text. */
  static Template of(String sentence) {
    List<String> words = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int from = 0;
    for (int i = 0; i + 2 < sentence.length(); i++) {
      int digit = sentence.charAt(i + 1) - '0';
      if (sentence.charAt(i) == '{' && digit >= 0 && digit <= 9 && sentence.charAt(i + 2) == '}') {
        words.add(sentence.substring(from, i));
        places.add(digit);
        from = i + 3;
      }
    }
    words.add(sentence.substring(from));
    return new Template(words, places);
  }

  /** How many characters are fixed. */
  int length() {
    return words.stream().mapToInt(String::length).sum();
  }

  /**
   * The values in a sentence; empty if the sentence does not match. Each piece of text is searched
   * once, from left to right, so that no value makes this slow.
   *
   * @param shown the same sentence, with the same length, in the form that is shown
   */
  Optional<List<String>> valuesIn(String sentence, String shown) {
    String first = words.get(0);
    String last = words.get(words.size() - 1);
    if (places.isEmpty()) {
      return sentence.equals(first) ? Optional.of(List.of()) : Optional.empty();
    }
    int end = sentence.length() - last.length();
    int from = first.length();
    if (from > end || !sentence.startsWith(first) || !sentence.endsWith(last)) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    for (String word : words.subList(1, words.size() - 1)) {
      int at = sentence.indexOf(word, from);
      if (at < 0 || at + word.length() > end) {
        return Optional.empty();
      }
      values.add(shown.substring(from, at));
      from = at + word.length();
    }
    values.add(shown.substring(from, end));
    return Optional.of(values);
  }

  /** The sentence with these values. */
  String with(List<String> values) {
    StringBuilder sentence = new StringBuilder(words.get(0));
    for (int i = 0; i < places.size(); i++) {
      sentence.append(values.get(places.get(i))).append(words.get(i + 1));
    }
    return sentence.toString();
  }
}
