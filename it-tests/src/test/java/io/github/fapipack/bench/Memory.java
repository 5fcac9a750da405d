package io.github.fapipack.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server keeps in memory.
 *
 * @param resident bytes that the operating system has given to it
 * @param live bytes of objects that are left on the heap after a collection; 0 if it does not tell
 */
record Memory(long resident, long live) {
  /** The last line of a histogram: the number of all objects, and their bytes. */
  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

  /** Makes a JVM collect its garbage, and returns the bytes of the objects that are left. */
  static long live(long pid) {
    Matcher matcher = TOTAL.matcher(histogram(pid));
    if (!matcher.find()) {
      throw new IllegalStateException("jcmd does not tell how many bytes are live");
    }
    return Long.parseLong(matcher.group(1));
  }

  /** All live objects of a JVM by class, after a full collection. */
  static String histogram(long pid) {
    return Jcmd.run(pid, "GC.class_histogram");
  }
}
