package io.github.fapipack.resourceserver.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.testing.TestClock;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import io.github.fapipack.resourceserver.token.VerifiedTokens.Verified;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is remembered of tokens is limited, whatever comes. */
@Timeout(30)
class RememberedTokensTest {
  private static final int MANY = 50_000;

  private final TestClock clock = new TestClock();
  private final JwsKey key = key();

  @Test
  void verifiedTokensTakeALimitedNumberOfBytes() {
    VerifiedTokens tokens = new VerifiedTokens(1_000_000, clock);
    Verified entry = new Verified(token(), key, 1_000);
    fill(i -> tokens.remember(hash(i), entry));

    // Evictions happen in another thread.
    while (count(i -> tokens.getOrNull(hash(i)) != null) > 1_000_000 / 4_000) {
      Thread.onSpinWait();
    }
    assertThat(count(i -> tokens.getOrNull(hash(i)) != null)).isPositive();
  }

  @Test
  void verifiedTokensAreForgottenWhenTheyExpire() {
    VerifiedTokens tokens = new VerifiedTokens(1_000_000, clock);
    tokens.remember(hash(1), new Verified(token(), key, 1_000));
    clock.pass(Duration.ofMillis(59_999));
    assertThat(tokens.getOrNull(hash(1))).isNotNull();

    clock.pass(Duration.ofMillis(1));
    assertThat(tokens.getOrNull(hash(1))).isNull();
  }

  @Test
  void noTokenIsRememberedWithoutMemory() {
    VerifiedTokens tokens = new VerifiedTokens(0, clock);
    tokens.remember(hash(1), new Verified(token(), key, 1_000));

    while (tokens.getOrNull(hash(1)) != null) {
      Thread.onSpinWait();
    }
    assertThat(tokens.getOrNull(hash(1))).isNull();
  }

  @Test
  void answersOfTheIssuerAreOfALimitedNumber() {
    ToldTokens told = new ToldTokens(Duration.ofSeconds(10), clock);
    fill(i -> told.remember(hash(i), Told.good(token())));

    while (count(i -> told.getOrNull(hash(i)) != null) > 20_000) {
      Thread.onSpinWait();
    }
    assertThat(count(i -> told.getOrNull(hash(i)) != null)).isPositive();
  }

  @Test
  void aHashIsThatOfTheWholeToken() {
    assertThat(TokenHash.of("abc"))
        .isEqualTo(TokenHash.of("abc"))
        .isNotEqualTo(TokenHash.of("abd"));
    assertThat(TokenHash.of("abc").first()).isEqualTo(0xba7816bf8f01cfeaL);
    assertThat(TokenHash.of("abc").fourth()).isEqualTo(0xb410ff61f20015adL);
  }

  private static void fill(IntConsumer one) {
    IntStream.range(0, MANY).forEach(one);
  }

  private static long count(IntPredicate one) {
    return IntStream.range(0, MANY).filter(one).count();
  }

  private static TokenHash hash(int number) {
    return new TokenHash(number * 0x9e3779b97f4a7c15L, number, 0, 0);
  }

  private AccessToken token() {
    return new AccessToken(
        "https://as.example",
        "client",
        Optional.empty(),
        Set.of(),
        Set.of(),
        clock.instant().plusSeconds(60),
        Map.of(),
        List.of(),
        Map.of());
  }

  private static JwsKey key() {
    try {
      return new JwsKey(TestIssuer.newKey());
    } catch (MalformedJws e) {
      throw new IllegalStateException(e);
    }
  }
}
