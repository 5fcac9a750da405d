package io.github.fapipack.it.conformance;

import io.github.fapipack.it.server.ServerFailure;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The user's options for {@code mvn -Pconformance}, each as a system property.
 *
 * @param suite the address of the running suite, without a trailing slash
 * @param token for the suite's API; empty for a suite that asks nobody to log in
 * @param realms which realms are tested, each with its file of runs
 * @param plan which runs of these files, by name
 * @param module which modules of a plan, by name
 * @param host the name by which the suite reaches this machine
 * @param port of the server
 */
record ConformanceOptions(
    URI suite,
    String token,
    List<String> realms,
    Pattern plan,
    Pattern module,
    String host,
    int port) {

  ConformanceOptions {
    realms = List.copyOf(realms);
  }

  static ConformanceOptions fromSystemProperties() {
    return new ConformanceOptions(
        suiteAddress(),
        property("suite.token", ""),
        List.of(property("realm", "fapi2-security-profile").split(",")),
        pattern("plan"),
        pattern("module"),
        property("host", "localhost"),
        number("port", "9443"));
  }

  private static URI suiteAddress() {
    String address = property("suite", "");
    if (!address.startsWith("https://")) {
      throw new ServerFailure(
          "Name the suite's address, for example -Dsuite=https://localhost.emobix.co.uk:8443.");
    }
    return URI.create(address.replaceFirst("/+$", ""));
  }

  private static Pattern pattern(String name) {
    String text = property(name, "");
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new ServerFailure("-D" + name + "=" + text + " is no regular expression.");
    }
  }

  private static int number(String name, String fallback) {
    String text = property(name, fallback);
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new ServerFailure("-D" + name + "=" + text + " is no number.");
    }
  }

  private static String property(String name, String fallback) {
    String value = System.getProperty(name, "");
    return value.isBlank() || value.startsWith("${") ? fallback : value.strip();
  }
}
