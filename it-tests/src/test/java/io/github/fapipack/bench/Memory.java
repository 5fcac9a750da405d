package io.github.fapipack.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps in memory.
 *
 * @param resident bytes that the operating system has given to it
 * @param live bytes of objects that are left on the heap after a collection
 */
record Memory(long resident, long live) {
  /** The last line of a histogram: the number of all objects, and their bytes. */
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  /** Has the server collect its garbage, and looks. */
  static Memory of(MeasuredServer server) {
    long resident = server.cost().resident();
    Matcher matcher = TOTAL.matcher(histogram(server.keycloak().java().pid()));
    if (!matcher.find()) {
      throw new IllegalStateException("jcmd does not tell how many bytes are live");
    }
    return new Memory(resident, Long.parseLong(matcher.group(1)));
  }

  /** All live objects of a JVM by class, of which it makes sure by a full collection. */
  static String histogram(long pid) {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
