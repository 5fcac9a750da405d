package io.github.fapipack.resourceserver;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an operation of the API demands of the token.
 *
 * @param scopes all of these
 * @param acr one of these authentication contexts, the best first; none for any (RFC 9470)
 * @param maxAge how long ago the user may have authenticated (RFC 9470)
 */
public record Demands(Set<String> scopes, List<String> acr, Optional<Duration> maxAge) {

  public Demands {
    scopes = Set.copyOf(scopes);
    acr = List.copyOf(acr);
  }

  /** Nothing but a good token. */
  public static Demands none() {
    return new Demands(Set.of(), List.of(), Optional.empty());
  }

  /** All of these scopes. */
  public static Demands scopes(String... scopes) {
    return new Demands(new LinkedHashSet<>(List.of(scopes)), List.of(), Optional.empty());
  }

  /** One of these authentication contexts too. */
  public Demands acr(String... values) {
    return new Demands(scopes, List.of(values), maxAge);
  }

  /** A user who authenticated at most so long ago, too. */
  public Demands maxAge(Duration age) {
    return new Demands(scopes, acr, Optional.of(age));
  }
}
