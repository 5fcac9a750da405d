package io.github.fapipack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What differs between ecosystems is data of their profiles: no code names one of them. */
class EcosystemNamesTest {

  private static final Pattern NAMES =
      Pattern.compile(
          "bra[sz]il|\\bofbbr|\\bksa\\b|\\bsaudi|\\bsama\\b|cbuae|\\buae\\b|openfinanceuae|emirat|tareq|nebras|open.?banking|open.?finance|\\buk\\b|united"
              + " kingdom|\\bcdr\\b|cds\\.au|australia|connectid|\\bchile|colombia|\\budap\\b|\\bfdx\\b|berlin"
              + " group",
          Pattern.CASE_INSENSITIVE);

  @Test
  void noCodeNamesAnEcosystem() {
    assertThat(lines()).hasSizeGreaterThan(10_000);
    assertThat(lines().stream().filter(line -> NAMES.matcher(line).find())).isEmpty();
  }

  @Test
  void aNameIsSeen() {
    assertThat("if (profile.id().equals(\"open-finance-brazil\"))").containsPattern(NAMES);
    assertThat("/** As in the UK. */").containsPattern(NAMES);
    assertThat("openbanking_intent_id").containsPattern(NAMES);
  }

  private static List<String> lines() {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> read(file).lines().map(line -> file.getFileName() + ": " + line.strip()))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
