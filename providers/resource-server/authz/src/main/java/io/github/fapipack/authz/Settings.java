package io.github.fapipack.authz;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Settings by name, from a file and the environment; what the environment says comes first. {@code
 * store.url} is {@code FAPI_STORE_URL} there. Errors are collected, so that all are reported at
 * once.
 */
final class Settings {
  private final Properties file;
  private final Map<String, String> environment;
  private final Set<String> known = new TreeSet<>();
  private final List<String> errors = new ArrayList<>();

  Settings(Properties file, Map<String, String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /** The settings of a properties file in UTF-8, or of the environment alone. */
  static Settings read(Optional<Path> path, Map<String, String> environment) throws IOException {
    Properties file = new Properties();
    if (path.isPresent()) {
      try (Reader reader = Files.newBufferedReader(path.get(), StandardCharsets.UTF_8)) {
        file.load(reader);
      }
    }
    return new Settings(file, environment);
  }

  Optional<String> text(String name) {
    known.add(name);
    String variable = "FAPI_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    String value = environment.getOrDefault(variable, file.getProperty(name));
    return value == null || value.isBlank() ? Optional.empty() : Optional.of(value.strip());
  }

  String text(String name, String otherwise) {
    return text(name).orElse(otherwise);
  }

  /** A setting without which nothing works. */
  String required(String name, String meaning) {
    return text(name)
        .orElseGet(
            () -> {
              errors.add(name + " is missing: " + meaning);
              return "";
            });
  }

  int number(String name, int otherwise, int least, int most) {
    return read(
            name,
            text -> {
              int number = Integer.parseInt(text);
              if (number < least || number > most) {
                throw new IllegalArgumentException();
              }
              return number;
            },
            "a number from " + least + " to " + most)
        .orElse(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return read(
            name,
            text -> {
              if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException();
              }
              return text.equals("true");
            },
            "true or false")
        .orElse(otherwise);
  }

  <E extends Enum<E>> E one(String name, Class<E> of, E otherwise) {
    return read(
            name,
            text -> Enum.valueOf(of, text.toUpperCase(Locale.ROOT).replace('-', '_')),
            "one of "
                + String.join(
                    ", ",
                    Arrays.stream(of.getEnumConstants())
                        .map(value -> value.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        .toList()))
        .orElse(otherwise);
  }

  /**
   * A setting that is not just text.
   *
   * @param parser throws an {@link IllegalArgumentException} for what it cannot read; if it has a
   *     message of its own, that is reported
   * @param wanted what is wanted, for the error
   */
  <T> Optional<T> read(String name, Function<String, T> parser, String wanted) {
    Optional<String> text = text(name);
    try {
      return text.map(parser);
    } catch (NumberFormatException noNumber) {
      errors.add(name + " must be " + wanted);
    } catch (IllegalArgumentException wrong) {
      boolean own = wrong.getMessage() != null && !wrong.getMessage().startsWith("No enum");
      errors.add(name + " must be " + wanted + (own ? ": " + wrong.getMessage() : ""));
    }
    return Optional.empty();
  }

  /** The names of all settings that were asked for. */
  Set<String> known() {
    return Collections.unmodifiableSet(known);
  }

  void error(String sentence) {
    errors.add(sentence);
  }

  /**
   * To be called when all settings have been asked for.
   *
   * @throws IllegalArgumentException has all errors, one a line
   */
  void check() {
    for (String name : new TreeSet<>(file.stringPropertyNames())) {
      if (!known.contains(name)) {
        errors.add(name + " is no setting; there are " + String.join(", ", known));
      }
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", errors));
    }
  }
}
