package io.github.fapipack.resourceserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final Answers BOTH =
      new Answers(List.of("ES256", "PS256"), true, Optional.of("https://api.example/metadata"));

  private static List<String> challenges(Refused refused) {
    return refused.responseFields().stream()
        .filter(field -> field.name().equals("WWW-Authenticate"))
        .map(HttpField::value)
        .toList();
  }

  private static RefusedRequest refusal(Problem problem) {
    return new RefusedRequest(problem, "it is wrong; send another", "RFC6750 3.1");
  }

  @Test
  void nameEverySchemeAndTheErrorAndWhereTheMetadataAre() throws ParseException {
    Refused refused = BOTH.to(refusal(Problem.INVALID_TOKEN), List.of());

    assertThat(refused.status()).isEqualTo(401);
    assertThat(challenges(refused))
        .containsExactly(
            "DPoP algs=\"ES256 PS256\", error=\"invalid_token\","
                + " error_description=\"it is wrong; send another\","
                + " resource_metadata=\"https://api.example/metadata\"",
            "Bearer error=\"invalid_token\", error_description=\"it is wrong; send another\","
                + " resource_metadata=\"https://api.example/metadata\"");
    assertThat(JSONObjectUtils.parse(refused.body()))
        .containsEntry("error", "invalid_token")
        .containsEntry("clause", "RFC6750 3.1");
  }

  @Test
  void haveNoErrorCodeForARequestWithoutAToken() {
    assertThat(challenges(BOTH.to(refusal(Problem.NO_TOKEN), List.of())))
        .hasSize(2)
        .noneMatch(challenge -> challenge.contains("error"));
  }

  @Test
  void askForProofsWithDpopAlone() {
    RefusedRequest nonce =
        refusal(Problem.USE_DPOP_NONCE).answering(new HttpField("DPoP-Nonce", "abc"));

    Refused refused = BOTH.to(nonce, List.of());

    assertThat(challenges(refused)).singleElement().asString().startsWith("DPoP ");
    assertThat(refused.responseFields()).contains(new HttpField("DPoP-Nonce", "abc"));
  }

  @Test
  void sayWhatToAskFor() throws ParseException {
    RefusedRequest scope =
        refusal(Problem.INSUFFICIENT_SCOPE)
            .with("scope", "payments")
            .withMember("wanted", List.of("payments"));

    Refused refused = BOTH.to(scope, List.of());

    assertThat(refused.status()).isEqualTo(403);
    assertThat(challenges(refused)).allMatch(text -> text.contains(", scope=\"payments\""));
    assertThat(JSONObjectUtils.parse(refused.body())).containsKey("wanted");
  }

  @Test
  void sayWhenToTryAgainAndDoNotAskForAnotherToken() {
    Refused refused =
        BOTH.to(refusal(Problem.UNAVAILABLE).retryAfter(Duration.ofMillis(10)), List.of());

    assertThat(refused.status()).isEqualTo(503);
    assertThat(challenges(refused)).isEmpty();
    assertThat(refused.responseFields()).contains(new HttpField("Retry-After", "1"));
  }

  @Test
  void neverLeaveTheirQuotationMarks() {
    RefusedRequest odd =
        new RefusedRequest(Problem.INVALID_TOKEN, "a\"b\\c\r\nX-Other: d\u00e9", "RFC6750 3");

    assertThat(challenges(BOTH.to(odd, List.of())))
        .allMatch(text -> text.contains("error_description=\"abcX-Other: d\""));
  }
}
