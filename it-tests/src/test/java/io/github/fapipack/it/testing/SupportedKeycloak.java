package io.github.fapipack.it.testing;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Whether the Keycloak of this test run ({@code -Dkeycloak.version}) is one that the pack says it
 * supports: the one that it was compiled against, or a later patch release.
 */
public final class SupportedKeycloak {
  public static final String VERSION = System.getProperty("harness.keycloak.version");

  private static final String COMPILED_FOR = System.getProperty("harness.keycloak.api.version");

  private SupportedKeycloak() {}

  /** Skips a test that needs a server on which the pack does not start. */
  public static void assume() {
    Assumptions.assumeTrue(is(), () -> "the pack does not support Keycloak " + VERSION);
  }

  /** True if the pack starts on it. */
  public static boolean is() {
    List<Integer> ours = numbers(COMPILED_FOR);
    List<Integer> theirs = numbers(VERSION);
    return theirs.subList(0, 2).equals(ours.subList(0, 2)) && theirs.get(2) >= ours.get(2);
  }

  private static List<Integer> numbers(String version) {
    return Stream.of(version.split("\\.")).limit(3).map(Integer::valueOf).toList();
  }
}
