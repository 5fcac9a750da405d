package io.github.fapipack.resourceserver.demand;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Whether a token is enough for an operation, and otherwise what to get a better one with. */
public final class StepUp {
  /** How far the clock of the issuer may be ahead. */
  private static final Duration SKEW = Duration.ofSeconds(10);

  private StepUp() {}

  /**
   * Refuses a token that lacks a scope (RFC 6750 3.1).
   *
   * @param scopes all that the operation demands
   */
  public static void requireScopes(AccessToken token, Set<String> scopes) throws RefusedRequest {
    if (!token.scopes().containsAll(scopes)) {
      throw new RefusedRequest(
              Problem.INSUFFICIENT_SCOPE,
              "the token lacks a scope; ask for those that the parameter scope lists",
              "RFC6750 3.1-5.3")
          .with("scope", String.join(" ", new TreeSet<>(scopes)));
    }
  }

  /**
   * Refuses a token whose user logged in too weakly or too long ago (RFC 9470 3).
   *
   * @param acr one of these, the best first; none for any
   * @param maxAge how long ago the login may be
   */
  public static void requireLogin(
      AccessToken token, List<String> acr, Optional<Duration> maxAge, Clock clock)
      throws RefusedRequest {
    boolean strong = acr.isEmpty() || token.text("acr").filter(acr::contains).isPresent();
    boolean fresh =
        maxAge.isEmpty() || isWithin(token.claims().get("auth_time"), maxAge.get(), clock);
    if (strong && fresh) {
      return;
    }
    RefusedRequest refusal =
        new RefusedRequest(
            Problem.INSUFFICIENT_USER_AUTHENTICATION,
            strong
                ? "the user logged in too long ago; let the user log in again with max_age"
                : "the user has to log in more strongly; ask for one of the acr_values",
            "RFC9470 3");
    if (!acr.isEmpty()) {
      refusal = refusal.with("acr_values", String.join(" ", acr));
    }
    if (maxAge.isPresent()) {
      refusal = refusal.with("max_age", Long.toString(maxAge.get().toSeconds()));
    }
    throw refusal;
  }

  /** A login in the future is none. */
  private static boolean isWithin(Object authTime, Duration maxAge, Clock clock) {
    if (!(authTime instanceof Number seconds)) {
      return false;
    }
    double age = clock.millis() / 1000.0 - seconds.doubleValue();
    return age <= maxAge.toMillis() / 1000.0 && age >= -SKEW.toSeconds();
  }
}
