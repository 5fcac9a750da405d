package io.github.fapipack.it.apicheck;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command as a user runs it, with what it printed. */
record CheckCommand(int status, String out, String err) {

  static CheckCommand run(String... arguments) {
    return run(Map.of(), arguments);
  }

  static CheckCommand run(Map<String, String> properties, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        ResourceCheck.run(
            List.of(arguments),
            properties::get,
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new CheckCommand(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** With more arguments than the usual ones. */
  static List<String> with(List<String> usual, String... more) {
    List<String> all = new ArrayList<>(usual);
    all.addAll(List.of(more));
    return all;
  }

  @Override
  public String toString() {
    return status + "\n" + out + err;
  }
}
