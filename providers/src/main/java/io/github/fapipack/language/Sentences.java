package io.github.fapipack.language;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the code says in English, in other languages, as {@code fapi-sentences.txt} has it. The code
 * itself, the protocol and what is stored know nothing of it: a sentence is recognised when it is
 * about to be shown, so that events of earlier releases are translated like new ones.
 *
 * @param tags the languages beside English
 * @param entries those with the most words of their own first
 */
record Sentences(Set<String> tags, List<Entry> entries) {

  /** A sentence and its translations, by language tag. */
  record Entry(Template english, Map<String, Template> others) {}

  private static final String FILE = "/fapi-sentences.txt";

  private static final class Holder {
    static final Sentences ALL = load();
  }

  static Sentences all() {
    return Holder.ALL;
  }

  private static Sentences load() {
    try (InputStream in = Sentences.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return read(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sentences read(BufferedReader lines) throws IOException {
    Set<String> tags = new LinkedHashSet<>();
    List<Entry> entries = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("  ")) {
        int end = line.indexOf(' ', 2);
        String tag = line.substring(2, end);
        tags.add(tag);
        entries
            .get(entries.size() - 1)
            .others()
            .put(tag, Template.of(line.substring(end + 1).strip()));
      } else {
        entries.add(new Entry(Template.of(asciiQuotes(line.strip())), new HashMap<>()));
      }
    }
    entries.sort(Comparator.comparingInt((Entry entry) -> entry.english().length()).reversed());
    return new Sentences(tags, entries);
  }

  /** A refusal has these in the place of others, which RFC 6749 does not allow there. */
  static String asciiQuotes(String sentence) {
    return sentence.replace('"', '\'').replace('\\', '/');
  }
}
