package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error means to a user. */
class ErrorKindTest {
  private static final String RULE = "some sentence (%s, FAPI2-SP 5.3.2.2-3)";

  private static ErrorKind of(String message, boolean known, boolean pushed, boolean stranger) {
    return ErrorKind.of(
        message, known, List.of("redirect_uri"), new ErrorKind.Sent(pushed, stranger));
  }

  @ParameterizedTest
  @CsvSource({
    "expiredCodeMessage,EXPIRED",
    "cookieNotFoundMessage,COOKIE",
    "accountDisabledMessage,ACCOUNT",
    "clientDisabledMessage,APP",
    "invalidParameterMessage,REDIRECT",
    "invalidRequestMessage,REQUEST",
    "somethingElse,OTHER"
  })
  void knowsKeycloaksMessages(String key, ErrorKind kind) {
    assertThat(of(key, true, false, false)).isEqualTo(kind);
  }

  @Test
  void knowsTheRules() {
    String pushed = RULE.formatted("fapi2-require-pushed-authorization-request");
    assertThat(of(pushed, false, false, false)).isEqualTo(ErrorKind.REQUEST);
    assertThat(of(pushed, false, true, false)).isEqualTo(ErrorKind.SPENT);
    assertThat(of(pushed, false, true, true)).isEqualTo(ErrorKind.APP);
    assertThat(of(RULE.formatted("fapi2-require-secure-redirect-uri"), false, true, false))
        .isEqualTo(ErrorKind.REDIRECT);
    assertThat(of("invalidRequestMessage", true, true, false)).isEqualTo(ErrorKind.SPENT);
    assertThat(of("the request object is refused: x", false, false, false))
        .isEqualTo(ErrorKind.REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "es", "pt_BR", "ja", "ar"})
  void hasWordsInEachLanguage(String language) throws IOException {
    Properties words = new Properties();
    try (Reader file =
        Files.newBufferedReader(
            Path.of(
                "../themes/src/main/resources/theme-resources/messages/messages_"
                    + language
                    + ".properties"))) {
      words.load(file);
    }
    for (ErrorKind kind : ErrorKind.values()) {
      assertThat(words.getProperty(kind.key())).as(kind.key()).isNotBlank();
      assertThat(words.getProperty(kind.key() + ".title")).as(kind.key()).isNotBlank();
    }
    for (Answers.Answer answer : Answers.Answer.values()) {
      assertThat(words.getProperty(answer.key())).isNotBlank();
    }
  }
}
