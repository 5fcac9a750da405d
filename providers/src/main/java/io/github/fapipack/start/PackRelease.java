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
 * This version of the pack, the Keycloak that it was compiled against, and those that its tests
 * have run on.
 */
record PackRelease(String version, String compiledFor, List<String> tested) {

  private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+)\\.(\\d{1,6})(?:[.-].*)?");

  /** What is known of a version of Keycloak. */
  enum Support {
    /** All tests have passed on it. */
    TESTED,
    /** Another patch since what was compiled against: interfaces hardly ever change in these. */
    UNTESTED_PATCH,
    /** Anything else, where internal interfaces may be missing or mean something else. */
    NONE
  }

  /** What Maven wrote into the JAR. */
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

  /** As the first words of every message. */
  String on(String keycloak) {
    return "Keycloak FAPI Pack " + version + " on Keycloak " + keycloak;
  }

  String testedVersions() {
    return String.join(", ", tested);
  }
}
