package io.github.fapipack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.audit.DatedKey.State;
import io.github.fapipack.audit.DatedKey.Status;
import io.github.fapipack.profile.Severity;
import io.github.fapipack.profile.Where;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.Time;

/** Thirty days before its end, a certificate is something that somebody has to look after. */
class ExpiryTest {
  private static final Where CLIENT = Where.of(Where.Kind.client, "app");

  @AfterEach
  void present() {
    Time.setOffset(0);
  }

  private static Instant inSeconds(long seconds) {
    return Instant.ofEpochMilli(Time.currentTimeMillis()).plusSeconds(seconds);
  }

  private static DatedKey key(Status status, Instant end) {
    return new DatedKey(CLIENT, "jwks", status, "ES256", "sig", "k", null, end);
  }

  @ParameterizedTest
  @CsvSource({
    "-86400, ENDED",
    "-1, ENDED",
    "60, ENDING",
    "2591000, ENDING",
    "2592060, GOOD",
    "31536000, GOOD"
  })
  void aKeyIsGoodUntilThirtyDaysBeforeItsEnd(long seconds, State state) {
    assertThat(key(Status.ACTIVE, inSeconds(seconds)).state()).isEqualTo(state);
  }

  @Test
  void aKeyWithoutAnEndIsNeitherGoodNorBad() {
    DatedKey key = key(Status.ACTIVE, null);

    assertThat(key.state()).isEqualTo(State.UNDATED);
    assertThat(key.needsSomebody()).isFalse();
    assertThat(key.endsWithin(100_000)).isFalse();
    assertThat(key.json().has("notAfter")).isFalse();
  }

  @Test
  void daysAreWholeAndTheSeverityRisesWithTheEnd() {
    Instant end = inSeconds(Duration.ofDays(29).toSeconds() + 60);
    assertThat(Expiry.of(end)).contains(new Expiry(Severity.WARNING, "expires in 29 days"));

    Time.setOffset((int) Duration.ofDays(30).toSeconds());

    assertThat(Expiry.of(end)).contains(new Expiry(Severity.ERROR, "has expired"));
  }

  @Test
  void whatIsOutOfUseNeedsNobody() {
    Instant past = inSeconds(-10);

    assertThat(key(Status.ACTIVE, past).needsSomebody()).isTrue();
    assertThat(key(Status.PASSIVE, past).needsSomebody()).isFalse();
    assertThat(key(Status.DISABLED, past).needsSomebody()).isFalse();
  }

  @Test
  void theFirstToEndComesFirst() {
    DatedKey never = key(Status.ACTIVE, null);
    DatedKey late = key(Status.ACTIVE, inSeconds(100));
    DatedKey early = key(Status.ACTIVE, inSeconds(10));

    assertThat(Stream.of(never, late, early).sorted(DatedKey.BY_END).toList())
        .isEqualTo(List.of(early, late, never));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"exp\":\"tomorrow\"}",
        "{\"exp\":-1}",
        "{\"exp\":1e300}",
        "{\"exp\":9223372036854775807}",
        "{\"x5c\":\"x\"}",
        "{\"x5c\":[\"\"]}",
        "{\"x5c\":[\"no certificate\"]}",
        "{\"x5c\":[{}],\"exp\":null}"
      })
  void whatCannotBeReadHasNoEnd(String jwk) throws Exception {
    JsonNode key = new ObjectMapper().readTree(jwk);

    assertThat(JwkDates.dated(CLIENT, "jwks", Status.ACTIVE, key).end()).isNull();
  }

  @Test
  void aKeyMaySayItselfWhenItEnds() throws Exception {
    JsonNode key = new ObjectMapper().readTree("{\"kty\":\"EC\",\"kid\":\"a\",\"exp\":1700000000}");

    DatedKey dated = JwkDates.dated(CLIENT, "jwks", Status.ACTIVE, key);

    assertThat(dated.end()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
    assertThat(dated.algorithm()).isEqualTo("EC");
    assertThat(dated.kid()).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"keys\":7}", "null"})
  void whatIsNoKeySetHasNoKeys(String text) {
    assertThat(JwkDates.keys(text)).isEmpty();
  }
}
