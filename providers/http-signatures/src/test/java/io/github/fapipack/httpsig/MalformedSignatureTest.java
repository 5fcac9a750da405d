package io.github.fapipack.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures that break RFC 9421 itself, each refused with a sentence that says where. */
class MalformedSignatureTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "(\"@signature-params\") | must not be listed",
        "(\"@nothing\") | no such derived component",
        "(\"@request-response\";key=\"a\") | does not take the parameter ;key",
        "(\"@status\") | a request has no status",
        "(\"@method\";req) | ;req must not be used in the signature of a request",
        "(\"date\";req) | ;req must not be used in the signature of a request",
        "(\"date\";tr) | trailers (;tr) are not supported",
        "(\"date\";sf) | its type as a structured field is not known",
        "(\"date\";bs=?0) | the flag ;bs must not have a value",
        "(\"date\";bs;sf) | ;bs must not be used together",
        "(\"date\";bs;key=\"a\") | ;bs must not be used together",
        "(\"content-digest\";key=sha-512) | it needs ;key with a string",
        "(\"date\";unknown) | does not take the parameter ;unknown",
        "(\"@method\";sf) | does not take the parameter ;sf",
        "(\"@query-param\") | it needs ;name with a string",
        "(\"@query-param\";name=Pet) | it needs ;name with a string",
        "(\"@query-param\";name=\"pet\") | no such parameter",
        "(\"Date\") | lower case",
        "(\"\") | lower case",
        "(\"da te\") | lower case",
        "(\"absent\") | component \"absent\": the message has no such header field",
        "(\"date\" \"date\") | component \"date\": it must not be covered twice",
        "(\"content-digest\";sf;key=\"sha-512\" \"content-digest\";key=\"sha-512\";sf) | twice",
        "(date) | must be a string in quotes",
        "(1) | must be a string in quotes",
        "\"date\" | must be an inner list",
        "();created=\"1\" | not so created",
        "();created=1.5 | not so created",
        "();created | not so created",
        "();keyid=key | not so keyid",
        "();alg=ed25519 | not so alg",
        "();created=1;created=2 | the same parameter comes twice",
        "() | must have the parameter created"
      })
  void refusesTheInput(String input, String sentence) {
    String complete =
        input.startsWith("(\"") || input.startsWith("(d") || input.startsWith("(1")
            ? input + ";created=1618884473"
            : input;
    assertThatThrownBy(
            () -> verify(signed("Signature-Input: s=" + complete, "Signature: s=:AA==:")))
        .isInstanceOf(HttpSignatureException.class)
        .hasMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "s=() | !! | signature s: it is in Signature-Input, not in Signature",
        "!! | s=:AA==: | signature s: it is in Signature, not in Signature-Input",
        "s=() | t=:AA==: | signature s: it is in Signature-Input, not in Signature",
        "s=(), t=() | s=:AA==: | signature t: it is in Signature-Input, not in Signature",
        "s=(), s=() | s=:AA==: | the same key comes twice",
        "s=() | s=:AA==:, s=:AA==: | the same key comes twice",
        "S=() | S=:AA==: | a key must begin with a lower-case letter",
        "s=() | s=AA | its member in Signature must be a byte sequence",
        "s=() | s=(:AA==:) | its member in Signature must be a byte sequence",
        "s=() | s=:A*: | Signature must be a dictionary: a byte sequence must be base64",
        "s=( | s=:AA==: | Signature-Input must be a dictionary",
        "!! | !! | the message is not signed"
      })
  void refusesTheTwoFields(String input, String signature, String sentence) {
    assertThatThrownBy(() -> verify(signed("Signature-Input: " + input, "Signature: " + signature)))
        .isInstanceOf(HttpSignatureException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void refusesALabelThatIsSentOnTwoLines() {
    RequestMessage message =
        signed("Signature-Input: s=()", "Signature: s=:AA==:", "Signature-Input: s=()");
    assertThatThrownBy(() -> verify(message)).hasMessageContaining("the same key comes twice");
  }

  @Test
  void refusesAMessageWithoutSignature() {
    assertThatThrownBy(() -> verify(Rfc9421.REQUEST))
        .hasMessage("the message is not signed; send Signature-Input and Signature");
  }

  @Test
  void refusesMoreComponentsThanItShouldWorkFor() {
    String names =
        IntStream.range(0, 65).mapToObj(i -> "\"h" + i + '"').collect(Collectors.joining(" "));
    RequestMessage message =
        signed("Signature-Input: s=(" + names + ");created=1618884473", "Signature: s=:AA==:");
    assertThatThrownBy(() -> verify(message)).hasMessageContaining("at most 64 components");
  }

  @Test
  void refusesAResponsesComponentsOfTheWrongSide() throws Exception {
    assertThatThrownBy(() -> Rfc9421.value(Rfc9421.RESPONSE, Component.of("@method")))
        .hasMessageContaining("in a response it needs ;req");
    assertThatThrownBy(() -> Rfc9421.value(Rfc9421.RESPONSE, Component.of("@status").ofRequest()))
        .hasMessageContaining("a request has no status");
    assertThat(Rfc9421.value(Rfc9421.RESPONSE, Component.of("date").ofRequest()))
        .isEqualTo("Tue, 20 Apr 2021 02:07:55 GMT");
  }

  @Test
  void quotesOnlySoMuchOfAStranger() {
    String name = "x".repeat(5000);
    RequestMessage message =
        signed("Signature-Input: s=(\"" + name + "\");created=1618884473", "Signature: s=:AA==:");
    assertThatThrownBy(() -> verify(message))
        .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThan(300));
  }

  private static RequestMessage signed(String... lines) {
    return Rfc9421.REQUEST.with(Rfc9421.fields(lines));
  }

  private static void verify(RequestMessage message) throws Exception {
    Rfc9421.verify(message, TestKeys.verifying(SignatureAlgorithm.ED25519));
  }
}
