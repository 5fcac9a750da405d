package io.github.fapipack.httpsig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.structured.FieldType;
import io.github.fapipack.httpsig.structured.StructuredFieldException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever a stranger sends: an answer or the one checked exception, and soon. */
class GarbageTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final VerificationKeys NO_KEYS = input -> Optional.empty();

  @Property(tries = 3000)
  void structuredFieldsAreReadOrRefused(@ForAll("fields") String field) {
    for (FieldType type : FieldType.values()) {
      try {
        String canonical = type.canonical(field);
        assertThat(type.canonical(canonical)).isEqualTo(canonical);
      } catch (StructuredFieldException refused) {
        assertThat(refused).hasMessageContaining("at character");
      }
    }
  }

  @Property(tries = 2000)
  void signaturesAreVerifiedOrRefused(
      @ForAll("fields") String input, @ForAll("fields") String signature) throws Exception {
    refuse(
        request("Signature-Input", input, "Signature", signature),
        TestKeys.verifying(SignatureAlgorithm.ED25519));
    refuse(
        request("Signature-Input", "s=" + input, "Signature", "s=:AAAA:"),
        TestKeys.verifying(SignatureAlgorithm.PS256));
  }

  @Property(tries = 2000)
  void componentsAreResolvedOrRefused(
      @ForAll("fields") String name, @ForAll("fields") String value) {
    RequestMessage request = new RequestMessage(name, value, List.of(new HttpField("x", value)));
    for (String component :
        List.of(
            "\"x\"",
            "\"x\";bs",
            "\"x\";key=\"a\"",
            "\"signature\";sf",
            "\"@method\"",
            "\"@target-uri\"",
            "\"@authority\"",
            "\"@path\"",
            "\"@query\"",
            "\"@query-param\";name=\"a\"",
            "\"" + name)) {
      try {
        Component parsed = Component.from(FieldType.parseItem(component));
        assertThat(Rfc9421.value(request, parsed)).matches("[\t -~]*");
      } catch (HttpSignatureException | StructuredFieldException refused) {
        assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(600);
      }
    }
  }

  @Property(tries = 1000)
  void queriesAreCutOrRefused(@ForAll("queries") String query) {
    RequestMessage request = new RequestMessage("GET", "https://a/?" + query, List.of());
    try {
      assertThat(Rfc9421.value(request, Component.queryParameter("a"))).matches("[!-~]*");
    } catch (HttpSignatureException refused) {
      assertThat(refused.component()).contains("\"@query-param\";name=\"a\"");
    }
  }

  @Property(tries = 1000)
  void digestsAreVerifiedOrRefused(@ForAll("fields") String field, @ForAll byte[] content) {
    RequestMessage request = request("Content-Digest", field, "x", "");
    try {
      ContentDigest.verify(request, content);
    } catch (HttpSignatureException refused) {
      assertThat(refused.getMessage()).containsIgnoringCase("content-digest");
    }
  }

  @Property(tries = 300)
  void randomSignatureBytesAreRefused(
      @ForAll("signatures") byte[] signature, @ForAll SignatureAlgorithm algorithm)
      throws Exception {
    VerifyingKey key = TestKeys.verifying(algorithm);
    assertThat(key.verify("base".getBytes(UTF_8), signature)).isFalse();
  }

  @Test
  void answersTheWorstFieldsSoon() throws Exception {
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ED25519);
    int longest = 65_000;
    for (String piece :
        List.of(
            "(", ")", ";a", "a,", "a=(", " ", "\t", "\"", "\\\"", ":", "a=::,", "1", "-", ",")) {
      String field = piece.repeat(longest / piece.length());
      Assertions.assertTimeout(
          SOON,
          () -> {
            refuse(request("Signature-Input", field, "Signature", field), key);
            refuse(request("Signature-Input", "s=(\"" + field, "Signature", "s=:AAAA:"), key);
            refuse(request("Signature-Input", "s=()" + field, "Signature", "s=:AAAA:"), key);
            digestsAreVerifiedOrRefused(field, new byte[0]);
          });
    }
  }

  @Test
  void answersManyCostlyComponentsSoon() throws Exception {
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ED25519);
    StringBuilder members = new StringBuilder("k=1");
    StringBuilder components = new StringBuilder();
    for (int i = 0; i < 64; i++) {
      members.append(",k").append(i).append("=\"").append("x".repeat(900)).append('"');
      components.append(" \"x\";key=\"k").append(i).append('"');
    }
    RequestMessage request =
        request(
                "Signature-Input",
                "s=(" + components + ");created=1618884473",
                "Signature",
                "s=:" + "A".repeat(86) + "==:")
            .with(List.of(new HttpField("x", members.toString())));
    Assertions.assertTimeout(SOON, () -> refuse(request, key));
  }

  private static RequestMessage request(String name, String value, String other, String second) {
    return new RequestMessage(
        "POST",
        "https://a/?a=1",
        List.of(new HttpField(name, value), new HttpField(other, second)));
  }

  private static void refuse(RequestMessage request, VerifyingKey key) {
    VerificationKeys keys = input -> Optional.of(key);
    for (VerificationKeys known : List.of(keys, NO_KEYS)) {
      try {
        new MessageVerifier(Rfc9421.policy(), known).verify(request);
        throw new AssertionError("verified " + request);
      } catch (HttpSignatureException refused) {
        assertThat(refused.getMessage()).isNotBlank().hasSizeLessThan(600);
      }
    }
  }

  /** Pieces of the grammar in a wrong order, and plain noise. */
  @Provide
  Arbitrary<String> fields() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "a",
            "s",
            "=",
            "(",
            ")",
            ";",
            ",",
            " ",
            "\t",
            "\"",
            "\\",
            ":",
            "?",
            "1",
            "0",
            "-",
            ".",
            "*",
            "@",
            "%",
            "AAAA",
            "\"@method\"",
            "\"date\"",
            "created=1618884473",
            "keyid=\"k\"",
            "sha-256=:",
            "sha-512",
            ";req",
            ";sf",
            ";bs",
            ";key=\"a\"",
            ";tr",
            "\r\n",
            "\u0000",
            "\u00e9",
            "\ud83d\ude00",
            "https://a/",
            "&",
            "+",
            "999999999999999",
            "12.345");
    return Arbitraries.frequencyOf(
        Tuple.of(3, pieces.list().ofMaxSize(25).map(list -> String.join("", list))),
        Tuple.of(1, Arbitraries.strings().ofMaxLength(60)),
        Tuple.of(1, Arbitraries.strings().ascii().ofMaxLength(60)));
  }

  @Provide
  Arbitrary<String> queries() {
    return Arbitraries.of("a", "=", "&", "%", "%6", "%61", "%c3", "%a4", "+", "%2B", "b", "?", "#")
        .list()
        .ofMaxSize(15)
        .map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<byte[]> signatures() {
    Arbitrary<Byte> extremes = Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7f, (byte) 0xff);
    return Arbitraries.of(0, 1, 63, 64, 65, 255, 256, 257, 5000)
        .flatMap(
            size ->
                Arbitraries.oneOf(Arbitraries.bytes(), extremes).array(byte[].class).ofSize(size));
  }
}
