package io.github.fapipack.resourceserver.details;

import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Clock;
import java.time.Duration;

/**
 * How an API compares authorization details.
 *
 * @param types the types that it knows; objects of other types are compared member by member
 * @param store remembers what was used once
 * @param kept how long it is remembered that something was used once
 */
public record DetailRules(DetailTypes types, ReplayStore store, Duration kept, Clock clock) {

  /** As long as the longest consents of the ecosystems, and some more. */
  public static final Duration KEPT = Duration.ofDays(400);

  /** What a token grants, under these rules. */
  public GrantedDetails of(AccessToken token) {
    return new GrantedDetails(token, this);
  }
}
