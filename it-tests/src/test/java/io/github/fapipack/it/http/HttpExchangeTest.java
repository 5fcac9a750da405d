package io.github.fapipack.it.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class HttpExchangeTest {

  @Test
  void findsTheErrorInTheBody() {
    HttpExchange answer =
        answer(
            400, "{\"error\":\"invalid_grant\",\"error_description\":\"no\"}", new NamedValues());

    assertThat(answer.error()).isEqualTo("invalid_grant");
    assertThat(answer.errorDescription()).isEqualTo("no");
  }

  @Test
  void findsTheErrorInTheChallengeOfAnyScheme() {
    NamedValues headers =
        new NamedValues()
            .add("WWW-Authenticate", "Bearer realm=\"x\"")
            .add(
                "WWW-Authenticate",
                "DPoP error=\"use_dpop_nonce\", error_description=\"a \\\"b\\\"\"");
    HttpExchange answer = answer(401, "", headers);

    assertThat(answer.error()).isEqualTo("use_dpop_nonce");
    assertThat(answer.errorDescription()).isEqualTo("a \"b\"");
  }

  @Test
  void hasNoErrorWhereThereIsNone() {
    assertThat(answer(200, "<html>", new NamedValues()).error()).isNull();
    assertThat(answer(200, "", new NamedValues()).error()).isNull();
  }

  @Test
  void doesNotTakeAServerErrorForARefusal() {
    HttpExchange answer = answer(500, "{\"error\":\"invalid_request\"}", new NamedValues());

    assertThatThrownBy(() -> answer.expectError("invalid_request"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-> 500");
  }

  private static HttpExchange answer(int status, String body, NamedValues headers) {
    URI uri = URI.create("https://as.example.org/token");
    return new HttpExchange("POST", uri, new NamedValues(), "", false, status, headers, body);
  }
}
