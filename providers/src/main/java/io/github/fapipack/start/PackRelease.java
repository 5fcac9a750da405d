package io.github.fapipack.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * This version of the pack, the Keycloak with which it was compiled, and those on which its tests
 * were run.
 */
record PackRelease(String version, String compiledFor, List<String> tested) {

  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+)\\.(\\d{1,6})(?:[.-].*)?");

  /** How well a version of Keycloak is supported. */
  enum Support {
    /** All tests have passed on it. */
    TESTED,
    /**
     * A patch release after the one that the pack was compiled with: interfaces rarely change in
     * these.
     */
    UNTESTED_PATCH,
    /** Any other version, in which internal interfaces may be missing or have another meaning. */
    NONE
  }

  /** The values that Maven wrote into the JAR. */
  static PackRelease current() {
    try (InputStream file = PackRelease.class.getResourceAsStream("/fapi-pack.properties")) {
      Properties build = new Properties();
      build.load(file);
      return new PackRelease(
          build.getProperty("pack.version"),
          build.getProperty("keycloak.version"),
          Arrays.asList(build.getProperty("keycloak.tested").split(", *")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Support supportOf(String keycloak) {
    if (tested.contains(keycloak)) {
      return Support.TESTED;
    }
    Matcher ours = VERSION.matcher(compiledFor);
    Matcher theirs = VERSION.matcher(keycloak);
    return ours.matches()
            && theirs.matches()
            && ours.group(1).equals(theirs.group(1))
            && Integer.parseInt(theirs.group(2)) >= Integer.parseInt(ours.group(2))
        ? Support.UNTESTED_PATCH
        : Support.NONE;
  }

  /** The beginning of every message. */
  String on(String keycloak) {
    return "Keycloak FAPI Pack " + version + " on Keycloak " + keycloak;
  }

  String testedVersions() {
    return String.join(", ", tested);
  }
}
