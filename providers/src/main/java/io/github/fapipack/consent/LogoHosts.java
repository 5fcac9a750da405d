package io.github.fapipack.consent;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * The hosts from which logos may be loaded: a host learns from the request which users are about to
 * approve something, and when.
 */
record LogoHosts(Set<String> hosts) {

  /** The realm attribute with hosts besides this server, separated by spaces. */
  static final String ATTRIBUTE = "fapi.logo-hosts";

  static LogoHosts of(KeycloakSession session) {
    String named = session.getContext().getRealm().getAttribute(ATTRIBUTE);
    return new LogoHosts(
        Stream.concat(
                Stream.of(session.getContext().getUri().getBaseUri().getHost()),
                named == null ? Stream.empty() : Arrays.stream(named.trim().split("\\s+")))
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet()));
  }

  /** Whether a logo may be loaded from an address. */
  boolean allow(URI address) {
    return "https".equalsIgnoreCase(address.getScheme())
        && address.getHost() != null
        && address.getRawUserInfo() == null
        && hosts.contains(address.getHost().toLowerCase(Locale.ROOT));
  }
}
