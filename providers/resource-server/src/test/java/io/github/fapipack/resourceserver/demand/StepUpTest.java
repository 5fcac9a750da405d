package io.github.fapipack.resourceserver.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepUpTest {
  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final List<String> STRONG = List.of("loa3", "loa2");
  private static final Optional<Duration> TEN_MINUTES = Optional.of(Duration.ofMinutes(10));

  @Test
  void aTokenWithAllScopesPasses() {
    assertThatCode(() -> StepUp.requireScopes(token(Map.of()), Set.of("payments")))
        .doesNotThrowAnyException();
    assertThatCode(() -> StepUp.requireScopes(token(Map.of()), Set.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void aMissingScopeIsNamedWithAllThatAreNeeded() {
    RefusedRequest refused =
        refusal(() -> StepUp.requireScopes(token(Map.of()), Set.of("payments", "accounts")));
    assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_SCOPE);
    assertThat(refused.parameters()).containsEntry("scope", "accounts payments");
  }

  @Test
  void oneOfTheContextsIsEnough() {
    assertThatCode(() -> login(Map.of("acr", "loa2"), STRONG, Optional.empty()))
        .doesNotThrowAnyException();
    assertThatCode(() -> login(Map.of(), List.of(), Optional.empty())).doesNotThrowAnyException();
  }

  @Test
  void aWeakLoginIsToldWhichContextsToAskFor() {
    for (Map<String, Object> claims :
        List.<Map<String, Object>>of(Map.of(), Map.of("acr", "loa1"), Map.of("acr", 3))) {
      RefusedRequest refused = refusal(() -> login(claims, STRONG, Optional.empty()));
      assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_USER_AUTHENTICATION);
      assertThat(refused.parameters())
          .containsEntry("acr_values", "loa3 loa2")
          .doesNotContainKey("max_age");
    }
  }

  @Test
  void aLoginThatIsRecentEnoughPasses() {
    for (long age : new long[] {0, 600, -10}) {
      assertThatCode(() -> login(at(age), List.of(), TEN_MINUTES)).doesNotThrowAnyException();
    }
  }

  @Test
  void anOldLoginIsToldTheAge() {
    for (Object time :
        List.of(
            NOW.getEpochSecond() - 601,
            NOW.getEpochSecond() + 60,
            "now",
            Double.NaN,
            Long.MIN_VALUE)) {
      RefusedRequest refused =
          refusal(() -> login(Map.of("auth_time", time), List.of(), TEN_MINUTES));
      assertThat(refused.problem()).isEqualTo(Problem.INSUFFICIENT_USER_AUTHENTICATION);
      assertThat(refused.parameters()).containsOnly(Map.entry("max_age", "600"));
    }
    assertThat(refusal(() -> login(Map.of(), List.of(), TEN_MINUTES)).parameters())
        .containsKey("max_age");
  }

  @Test
  void bothParametersComeIfBothAreDemanded() {
    Map<String, Object> claims = new HashMap<>(at(0));
    claims.put("acr", "loa1");
    assertThat(refusal(() -> login(claims, STRONG, TEN_MINUTES)).parameters())
        .containsEntry("acr_values", "loa3 loa2")
        .containsEntry("max_age", "600");
  }

  private static Map<String, Object> at(long secondsAgo) {
    return Map.of("auth_time", NOW.getEpochSecond() - secondsAgo);
  }

  private static void login(Map<String, Object> claims, List<String> acr, Optional<Duration> maxAge)
      throws RefusedRequest {
    StepUp.requireLogin(token(claims), acr, maxAge, CLOCK);
  }

  private interface Check {
    void run() throws RefusedRequest;
  }

  private static RefusedRequest refusal(Check check) {
    try {
      check.run();
    } catch (RefusedRequest refused) {
      return refused;
    }
    throw new AssertionError("it was not refused");
  }

  private static AccessToken token(Map<String, Object> claims) {
    return new AccessToken(
        "https://as.example",
        "client-1",
        Optional.of("alice"),
        Set.of("https://api.example"),
        Set.of("payments", "openid"),
        NOW.plusSeconds(300),
        Map.of(),
        List.of(),
        claims);
  }
}
