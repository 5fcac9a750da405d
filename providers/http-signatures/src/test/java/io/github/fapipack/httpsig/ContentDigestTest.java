package io.github.fapipack.httpsig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of RFC 9530 (Appendix B, D) and RFC 9421, and what is not a digest. */
class ContentDigestTest {
  private static final String HELLO = "{\"hello\": \"world\"}\n";
  private static final String SHA_256 = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
  private static final String SHA_512 =
      "sha-512=:YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T"
          + "3qg==:";
  private static final String WRONG_512 = SHA_512.replace("YMAa", "YMAb");

  @Test
  void computesTheExamples() {
    assertThat(ContentDigest.field(HELLO.getBytes(UTF_8), ContentDigest.Algorithm.SHA_256))
        .isEqualTo(new HttpField("Content-Digest", SHA_256));
    assertThat(
            ContentDigest.field(
                HELLO.getBytes(UTF_8),
                ContentDigest.Algorithm.SHA_256,
                ContentDigest.Algorithm.SHA_512))
        .isEqualTo(new HttpField("Content-Digest", SHA_256 + ", " + SHA_512));
  }

  @Test
  void verifiesTheExamples() throws Exception {
    verify(SHA_256, HELLO);
    verify(SHA_512, HELLO);
    verify("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", "");
    verify("sha-256=:jjcgBDWNAtbYUXI37CVG3gRuGOAjaaDRGpIUFsdyepQ=:", "\"world\"}\n");
    verify(Rfc9421.REQUEST_DIGEST, Rfc9421.REQUEST_CONTENT);
    verify(Rfc9421.RESPONSE_DIGEST, Rfc9421.RESPONSE_CONTENT);
  }

  @Test
  void ignoresUnknownAndDeprecatedAlgorithmsBesideAGoodOne() {
    assertThatCode(() -> verify("md5=:AAAA:, sha-256x=:AAAA:, " + SHA_256, HELLO))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesOneWrongDigestBesideAGoodOne() {
    assertRefused(SHA_256 + ", " + WRONG_512, Reason.WRONG_DIGEST);
  }

  @Test
  void refusesAChangedContent() {
    assertThatThrownBy(() -> verify(SHA_256, HELLO.replace('w', 'W')))
        .hasMessage("Content-Digest is not the sha-256 of the content");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "md5=:AAAA:", "sha=:AAAA:, unixsum=:AAAA:, adler=:AAAA:, crc32c=:AAAA:"})
  void refusesWithoutAUsableAlgorithm(String value) {
    assertRefused(value, Reason.ABSENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha-256=44f0",
        "sha-256=RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
        "sha-256=\"RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=\"",
        "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
        "sha-256=(:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:)",
        "sha-256",
        "md5=1, sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
        "SHA-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
        "sha-256=:AAAA:, sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
      })
  void refusesWhatIsNoDictionaryOfByteSequences(String value) {
    assertRefused(value, Reason.MALFORMED);
  }

  private static void verify(String value, String content) throws HttpSignatureException {
    RequestMessage message =
        new RequestMessage("POST", "https://a/", Rfc9421.fields("content-digest: " + value));
    ContentDigest.verify(message, content.getBytes(UTF_8));
  }

  private static void assertRefused(String value, Reason reason) {
    assertThatThrownBy(() -> verify(value, HELLO))
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
