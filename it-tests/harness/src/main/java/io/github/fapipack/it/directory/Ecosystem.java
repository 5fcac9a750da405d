package io.github.fapipack.it.directory;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The scheme whose directory the box is, and the words that others expect of it, whatever the box's
 * template says.
 */
public interface Ecosystem {
  /** The id of the template, which is also that of the profile for banks. */
  String template();

  /** The name of the set of keys that sign statements. */
  String keySet();

  /** The country of its organisations. */
  String country();

  /** The roles that a software has unless others are named. */
  List<String> roles();

  /** The box's standing of an organisation for each word of the scheme. */
  Map<String, String> organisationWords();

  /** The same of a software. */
  default Map<String, String> softwareWords() {
    return organisationWords();
  }

  /** The standing for a word. */
  static String standing(Map<String, String> words, String word) {
    return Optional.ofNullable(words.get(word))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The box never says " + word + "; use listedAs or change the statement"));
  }
}
