package io.github.fapipack.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * The names of parts in earlier releases, when their classes were in other packages, so that
 * options with those names keep working. The list is {@code fapi-pack-former-names.txt}: a former
 * and a current name in each line.
 */
record FormerNames(Map<String, String> current) {

  static FormerNames ofThePack() {
    try (InputStream file = FormerNames.class.getResourceAsStream("/fapi-pack-former-names.txt")) {
      return new FormerNames(
          new String(file.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.split(" ", -1))
              .collect(Collectors.toMap(words -> words[0], words -> words[1])));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The same parts by their current names.
   *
   * @param replaced called for each former name, with the current one
   */
  Set<String> replaceIn(Set<String> parts, BiConsumer<String, String> replaced) {
    return parts.stream()
        .map(
            part -> {
              String now = current.get(part);
              if (now == null) {
                return part;
              }
              replaced.accept(part, now);
              return now;
            })
        .collect(Collectors.toSet());
  }
}
