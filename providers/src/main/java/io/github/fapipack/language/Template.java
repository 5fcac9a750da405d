package io.github.fapipack.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A sentence with places for values.
 *
 * @param words what stands before, between and behind the values; one more than there are values
 * @param places which value stands in each place
 */
record Template(List<String> words, List<Integer> places) {

  Template {
    words = List.copyOf(words);
    places = List.copyOf(places);
  }

  /** Reads a sentence in which {0}, {1}, ... stand for values; other braces are text. */
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

  /** How many characters are its own. */
  int length() {
    return words.stream().mapToInt(String::length).sum();
  }

  /**
   * The values in a sentence, if it is one of these. Each piece of text is looked for once, from
   * left to right, so that no value makes this take long.
   *
   * @param shown the same sentence, character by character, as it is to be shown
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
