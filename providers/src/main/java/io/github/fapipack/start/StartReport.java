package io.github.fapipack.start;

import io.github.fapipack.start.PackRelease.Support;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What there is to say of the pack on this server: a line for the log, or why it may not start. */
record StartReport(PackRelease release, String keycloak, ActiveParts parts, StartOptions options) {

  private static final String OPTION = "--spi-fapi-pack--start--";

  Support support() {
    return release.supportOf(keycloak);
  }

  /** Nothing is missing, wanted or not. */
  boolean isWhole() {
    return parts.inactive().isEmpty();
  }

  /** Why the server may not start; empty if it may. */
  Optional<String> refusal() {
    if (support() == Support.NONE && !options.untestedKeycloak().equals(keycloak)) {
      return Optional.of(
          String.format(
              "%s IS NOT SUPPORTED: nobody knows whether the rules hold there. Use Keycloak %s, or"
                  + " a later patch release of it, or take keycloak-fapi-providers.jar out of the"
                  + " folder providers. To try it all the same, never in production:"
                  + " %suntested-keycloak=%s",
              release.on(keycloak), release.testedVersions(), OPTION, keycloak));
    }
    Set<String> lost = new TreeSet<>(parts.inactive().keySet());
    lost.removeAll(options.without());
    if (!lost.isEmpty()) {
      return Optional.of(
          String.format(
              "%s is not whole, and the rules would not hold: %s. Take away what is in their place"
                  + " or switches them off, or say that you do without: %swithout=%s",
              release.on(keycloak),
              lost.stream()
                  .map(part -> part + " (" + parts.inactive().get(part) + ")")
                  .collect(Collectors.joining(", ")),
              OPTION,
              String.join(",", lost)));
    }
    return Optional.empty();
  }

  /** The line of the log. */
  String line() {
    StringBuilder line = new StringBuilder(release.on(keycloak));
    switch (support()) {
      case TESTED -> line.append(", active: ");
      case LATER_PATCH ->
          line.append(", which is a later patch release than those it was tested with (")
              .append(release.testedVersions())
              .append("); active: ");
      case NONE ->
          line.append(" IS NOT SUPPORTED and only tried out because an option says so; active: ");
    }
    line.append(
        parts.active().entrySet().stream()
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(", ")));
    if (!isWhole()) {
      line.append("; WITHOUT, because an option says so: ")
          .append(String.join(", ", new TreeSet<>(parts.inactive().keySet())));
    }
    return line.toString();
  }
}
