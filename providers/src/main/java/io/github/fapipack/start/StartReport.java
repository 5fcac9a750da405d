package io.github.fapipack.start;

import io.github.fapipack.start.PackRelease.Support;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The report about the pack on this server: a line for the log, or why it must not start. */
record StartReport(PackRelease release, String keycloak, ActiveParts parts, StartOptions options) {

  private static final Set<String> ONLY_SPEED =
      Set.of("engine.VerifiedOnce", "jose.Ed25519Signatures");

  private static final String OPTION = "--spi-fapi-pack--start--";

  Support support() {
    return release.supportOf(keycloak);
  }

  /** Whether no part is missing, intended or not. */
  boolean isWhole() {
    return parts.inactive().isEmpty();
  }

  /** Why the server must not start; empty if it may. */
  Optional<String> refusal() {
    if (support() == Support.NONE && !options.untestedKeycloak().equals(keycloak)) {
      return Optional.of(
          String.format(
              "%s IS NOT SUPPORTED: it is not known whether the rules work there. Use Keycloak %s"
                  + " or a later patch release, or take keycloak-fapi-providers.jar out of the"
                  + " folder providers. To try it all the same, never in production:"
                  + " %suntested-keycloak=%s",
              release.on(keycloak), release.testedVersions(), OPTION, keycloak));
    }
    Map<String, String> lost = new TreeMap<>(parts.inactive());
    lost.keySet().removeAll(options.without());
    lost.keySet().removeIf(StartReport::isOnlySpeed);
    if (!lost.isEmpty()) {
      return Optional.of(
          String.format(
              "%s is incomplete, and the rules would not be enforced: %s. Remove what replaces"
                  + " or disables these parts, or name the parts to do without: %swithout=%s",
              release.on(keycloak),
              byReason(lost),
              OPTION,
              lost.keySet().iterator().next() + (lost.size() > 1 ? ",..." : "")));
    }
    return Optional.empty();
  }

  private void append(StringBuilder line, String words, Predicate<String> which) {
    String named =
        parts.inactive().keySet().stream().filter(which).collect(Collectors.joining(", "));
    if (!named.isEmpty()) {
      line.append(words).append(named);
    }
  }

  /**
   * Whether a part only makes the server faster: no rule depends on it, and servers with keys in
   * hardware have other signature providers.
   */
  private static boolean isOnlySpeed(String part) {
    return ONLY_SPEED.contains(part);
  }

  private static String byReason(Map<String, String> lost) {
    Map<String, List<String>> reasons = new TreeMap<>();
    lost.forEach(
        (part, reason) -> reasons.computeIfAbsent(reason, none -> new ArrayList<>()).add(part));
    return reasons.entrySet().stream()
        .map(reason -> reason.getKey() + ": " + String.join(", ", reason.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** The line of the log. */
  String line() {
    StringBuilder line = new StringBuilder(release.on(keycloak));
    switch (support()) {
      case TESTED -> line.append(", active: ");
      case UNTESTED_PATCH ->
          line.append(", a patch release that it was not tested with (only with ")
              .append(release.testedVersions())
              .append("); active: ");
      case NONE ->
          line.append(" IS NOT SUPPORTED and only tried out because an option says so; active: ");
    }
    line.append(
        parts.active().entrySet().stream()
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(", ")));
    append(line, "; WITHOUT, because an option says so: ", part -> !isOnlySpeed(part));
    append(line, "; another provider signs in place of: ", StartReport::isOnlySpeed);
    return line.toString();
  }
}
