package io.github.fapipack.resourceserver.sender;

import static io.github.fapipack.resourceserver.sender.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.StoreUnavailable;
import io.github.fapipack.resourceserver.testing.TestProof;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proof is for one request, once, now. */
class DpopRequestTest {
  private final Sender sender = new Sender();

  @ParameterizedTest
  @ValueSource(strings = {"POST", "get", "GET "})
  void theMethodMustBeThatOfTheRequest(String method) {
    dpop("method", () -> sender.send(sender.proof().claim("htm", method).sign()));
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.example/accounts, https://api.example/accounts?page=2",
    "https://API.example:443/accounts, https://api.example/accounts",
    "HTTPS://api.example/accounts?a#b, https://api.example:443/accounts?b",
    "https://api.example/%61ccounts/%c3%a9, https://api.example/accounts/%C3%A9",
    "https://api.example, https://api.example/",
    "http://[::1]:80/a, http://[::1]/a"
  })
  void theAddressMayBeSpeltInAnotherWay(String htu, String uri) throws Exception {
    sender.uri = uri;
    assertThat(sender.send(sender.proof().claim("htu", htu).sign())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example/accounts/",
        "https://api.example/Accounts",
        "https://api.example/accounts/../accounts",
        "http://api.example/accounts",
        "https://api.example:8443/accounts",
        "https://api.example@api.example/accounts",
        "https://api.example.evil.example/accounts",
        "https://api.example",
        "/accounts",
        "accounts",
        "https:///accounts",
        "https://api.example/accounts%",
        "https://api.example/accounts%2",
        "https://api.example/acc\u00f6unts",
        "ftp://api.example/accounts",
        "https://api.example/%2561ccounts"
      })
  void anotherAddressIsRefused(String htu) {
    dpop("address", () -> sender.send(sender.proof().claim("htu", htu).sign()));
  }

  @Test
  void theTokenMustBeThatOfTheRequest() {
    TestProof proof =
        new TestProof(sender.key, "GET", Sender.URI, "another-token", sender.clock.instant());
    dpop("another access token", () -> sender.send(proof.sign()));
    dpop("another access token", () -> sender.send(sender.proof().claim("ath", "x").sign()));
  }

  @Test
  void aProofIsTakenForAMinuteAndALittleAhead() throws Exception {
    Instant now = sender.clock.instant();
    sender.send(sender.proof().claim("iat", now.getEpochSecond() - 60).sign());
    sender.send(sender.proof().claim("iat", now.getEpochSecond() + 10).sign());
    assertThat(sender.used).hasSize(2);
  }

  @Test
  void anOldProofAndOneFromTheFutureAreRefused() {
    long now = sender.clock.instant().getEpochSecond();
    dpop("too old", () -> sender.send(sender.proof().claim("iat", now - 61).sign()));
    dpop("future", () -> sender.send(sender.proof().claim("iat", now + 11).sign()));
    dpop("iat", () -> sender.send(sender.proof().claim("iat", -1).sign()));
    dpop("iat", () -> sender.send(sender.proof().claim("iat", 1e300).sign()));
    dpop("iat", () -> sender.send(sender.proof().claim("iat", Long.MAX_VALUE).sign()));
    dpop("iat", () -> sender.send(sender.proof().claim("iat", Long.toString(now)).sign()));
  }

  @Test
  void theWindowCanBeSet() {
    sender.settings = sender.settings.window(Duration.ofSeconds(5), Duration.ZERO);
    long now = sender.clock.instant().getEpochSecond();
    dpop("too old", () -> sender.send(sender.proof().claim("iat", now - 6).sign()));
    dpop("future", () -> sender.send(sender.proof().claim("iat", now + 1).sign()));
    assertThatThrownBy(() -> sender.settings.window(Duration.ofMinutes(11), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aProofIsTakenOnce() throws Exception {
    String proof = sender.proof().sign();
    sender.send(proof);
    dpop("used before", () -> sender.send(proof));
  }

  @Test
  void anotherProofWithTheSameIdentifierIsTheSame() throws Exception {
    sender.send(sender.proof().claim("jti", "one").sign());
    dpop("used before", () -> sender.send(sender.proof().claim("jti", "one").sign()));
  }

  @Test
  void theSameIdentifierOfAnotherKeyIsAnother() throws Exception {
    sender.send(sender.proof().claim("jti", "one").sign());
    sender.key = Sender.newKey();
    sender.send(sender.proof().claim("jti", "one").sign());
    assertThat(sender.used).hasSize(2);
  }

  @Test
  void aProofIsRememberedUntilItCanNoLongerPass() throws Exception {
    AtomicReference<Instant> remembered = new AtomicReference<>();
    sender.store =
        (purpose, id, until) -> {
          remembered.set(until);
          return true;
        };
    Instant made = sender.clock.instant().plusSeconds(10);
    sender.send(sender.proof().claim("iat", made.getEpochSecond()).sign());
    assertThat(remembered.get()).isAfter(made.plusSeconds(60));
  }

  @Test
  void whoHasNotTheKeyFillsNoStore() {
    AtomicInteger asked = new AtomicInteger();
    sender.store =
        (purpose, id, until) -> {
          asked.incrementAndGet();
          return true;
        };
    String proof = sender.proof().sign();
    String wrong = proof.substring(0, proof.length() - 4) + "AAAA";
    dpop("signature", () -> sender.send(wrong));
    assertThat(asked).hasValue(0);
  }

  @Test
  void aStoreThatIsDownLetsNothingThrough() {
    sender.store =
        (purpose, id, until) -> {
          throw new StoreUnavailable("down", null);
        };
    RefusedRequest refusal =
        refused(Problem.UNAVAILABLE, "later", () -> sender.send(sender.proof().sign()));
    assertThat(refusal.problem().status()).isEqualTo(503);
    assertThat(refusal.retryAfter()).hasValue(Duration.ofSeconds(2));
  }

  private static void dpop(String reason, Refusals.Sending sending) {
    refused(Problem.INVALID_DPOP_PROOF, reason, sending);
  }
}
