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
 * The translations of the pack's English sentences, from {@code fapi-sentences.txt}. The code, the
 * protocol and stored data use only English: a sentence is recognized when it is about to be shown,
 * so events of earlier releases are translated too.
 *
 * @param tags the languages other than English
 * @param entries those with the most fixed words first
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

  /** Refusals contain these quotes, because RFC 6749 does not allow double ones there. */
  static String asciiQuotes(String sentence) {
    return sentence.replace('"', '\'').replace('\\', '/');
  }
}
