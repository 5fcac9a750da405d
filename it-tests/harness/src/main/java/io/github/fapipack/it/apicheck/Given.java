package io.github.fapipack.it.apicheck;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The options that the user has given, and how to read their values. */
record Given(Map<Option, String> values) {
  private static final long LARGEST_FILE = 1024 * 1024;

  Given {
    values = Map.copyOf(values);
  }

  /**
   * Reads a command line.
   *
   * @param property looks up what Maven was given
   */
  static Given parse(List<String> arguments, Function<String, String> property) {
    Map<Option, String> values = new EnumMap<>(Option.class);
    for (int i = 0; i < arguments.size(); i++) {
      String[] parts = arguments.get(i).split("=", 2);
      Option option =
          Option.of(parts[0].startsWith("--") ? parts[0].substring(2) : "")
              .orElseThrow(() -> unknown(parts[0]));
      String value = parts.length == 2 ? parts[1] : null;
      if (value == null && !option.isFlag() && i + 1 < arguments.size()) {
        value = arguments.get(++i);
      }
      put(values, option, value);
    }
    if (values.containsKey(Option.FROM_PROPERTIES)) {
      addProperties(values, property);
    }
    return new Given(values);
  }

  private static CheckFailure unknown(String argument) {
    return new CheckFailure(
        Words.plain(argument, 60) + " is no option; --help lists what there is.");
  }

  private static void put(Map<Option, String> values, Option option, String value) {
    if (option.isFlag() != (value == null)) {
      throw new CheckFailure(
          "--" + option.id() + (option.isFlag() ? " takes no value." : " needs a value."));
    }
    if (values.put(option, option.isFlag() ? "true" : value) != null) {
      throw new CheckFailure("--" + option.id() + " is given twice.");
    }
  }

  private static void addProperties(Map<Option, String> values, Function<String, String> property) {
    for (Option option : Option.values()) {
      String value = property.apply(option.id());
      boolean given = value != null && !value.isBlank() && !value.startsWith("${");
      if (given && !(option.isFlag() && value.equals("false"))) {
        values.putIfAbsent(option, option.isFlag() ? "true" : value);
      }
    }
  }

  boolean has(Option option) {
    return values.containsKey(option);
  }

  Optional<String> text(Option option) {
    return Optional.ofNullable(values.get(option)).filter(value -> !value.isBlank());
  }

  String required(Option option) {
    return text(option)
        .orElseThrow(
            () -> new CheckFailure("--" + option.id() + " is missing; --help explains it."));
  }

  String oneOf(Option option, String... allowed) {
    String value = text(option).orElse(allowed[0]);
    if (!List.of(allowed).contains(value)) {
      throw new CheckFailure(
          "--" + option.id() + " is none of " + String.join(", ", allowed) + ".");
    }
    return value;
  }

  int number(Option option, int fallback, int most) {
    String value = text(option).orElse(String.valueOf(fallback));
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new CheckFailure("--" + option.id() + " is no number.", e);
    }
    throw new CheckFailure("--" + option.id() + " must be between 1 and " + most + ".");
  }

  /** An address that requests may go to: https, or http on this machine. */
  Optional<URI> address(Option option) {
    return text(option).map(value -> address(option, value));
  }

  private static URI address(Option option, String value) {
    try {
      URI uri = new URI(value);
      String host = String.valueOf(uri.getHost());
      boolean local = List.of("localhost", "127.0.0.1", "[::1]").contains(host);
      boolean secure = "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local);
      if (uri.getHost() != null
          && secure
          && uri.getUserInfo() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new CheckFailure("--" + option.id() + " is no address.", e);
    }
    throw new CheckFailure(
        "--"
            + option.id()
            + " must be an https address without user and fragment, or an http address on this"
            + " machine.");
  }

  Optional<Path> file(Option option) {
    return text(option)
        .map(Path::of)
        .map(
            file -> {
              if (!Files.isRegularFile(file)) {
                throw new CheckFailure(
                    "There is no file " + file + "; correct --" + option.id() + ".");
              }
              return file;
            });
  }

  /** The text of a file. */
  Optional<String> content(Option option) {
    return file(option)
        .map(
            file -> {
              try {
                if (Files.size(file) > LARGEST_FILE) {
                  throw new CheckFailure(file + " is larger than a megabyte.");
                }
                return Files.readString(file);
              } catch (IOException e) {
                throw new CheckFailure(file + " cannot be read: " + e.getMessage(), e);
              }
            });
  }

  /** Ids separated by commas, each of which there must be. */
  List<String> ids(Option option, List<String> known) {
    List<String> ids =
        Arrays.stream(text(option).orElse("").split(","))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .toList();
    ids.stream()
        .filter(id -> !known.contains(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new CheckFailure(
                  "--"
                      + option.id()
                      + ": "
                      + Words.plain(id, 60)
                      + " is no attack; --list lists them.");
            });
    return ids;
  }
}
