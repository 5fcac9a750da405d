package io.github.fapipack.resourceserver.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.request.ApiRequest;
import io.github.fapipack.resourceserver.testing.Jws;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageGarbageTest {
  private static final HttpField JWT = new HttpField("Content-Type", "application/jwt");
  private static final SignedBodyCheck JWTS =
      new SignedBodyCheck(
          SignedBodies.brazil(Caller.KEYS, Organisations.claim("organisation_id")),
          Caller.store(),
          Caller.CLOCK);
  private static final SignedBodyCheck DETACHED =
      new SignedBodyCheck(
          SignedBodies.ukOpenBanking(Caller.KEYS, token -> Optional.of("org-1")),
          Caller.store(),
          Caller.CLOCK);
  private static final RequestSignatures REQUESTS =
      new RequestSignatures(HttpSignatures.of(Caller.KEYS), Caller.store(), Caller.CLOCK);

  @Property(tries = 300)
  void anyBytesAsAJwtAreRefused(@ForAll byte[] body) {
    assertRefused(JWTS, Caller.request("POST", body, JWT));
  }

  @Property(tries = 300)
  void anyThreePartsAsAJwtAreRefused(@ForAll("parts") String body) {
    assertRefused(JWTS, Caller.request("POST", body, JWT));
  }

  @Property(tries = 300)
  void anyClaimsThatAreWellSignedAreRefused(@ForAll("claims") Map<String, Object> claims) {
    assertRefused(
        JWTS, Caller.request("POST", Jws.sign(Caller.RSA, Map.of("typ", "JWT"), claims), JWT));
  }

  @Property(tries = 300)
  void anyDetachedSignatureIsRefused(@ForAll("detached") String value, @ForAll byte[] body) {
    assertRefused(DETACHED, Caller.request("POST", body, new HttpField("x-jws-signature", value)));
  }

  @Property(tries = 300)
  void anyFieldsOfSignaturesAreRefused(
      @ForAll("input") String input, @ForAll("signatures") String signature) {
    ApiRequest request =
        Caller.request(
            "POST",
            "{}",
            new HttpField("Signature-Input", input),
            new HttpField("Signature", signature));
    assertThat(Caller.refusal(() -> REQUESTS.check(request, Caller.ID)).sentence())
        .matches("[ -~&&[^\"\\\\]]+");
  }

  private static void assertRefused(SignedBodyCheck check, ApiRequest request) {
    RefusedRequest refused = Caller.refusal(() -> check.check(request, Caller.token()));
    assertThat(refused.problem()).isEqualTo(Problem.BAD_SIGNATURE);
    assertThat(refused.sentence()).matches("[ -~&&[^\"\\\\]]+");
  }

  @Provide
  Arbitrary<String> parts() {
    return Combinators.combine(part(), part(), part()).as((a, b, c) -> a + '.' + b + '.' + c);
  }

  @Provide
  Arbitrary<String> detached() {
    return Arbitraries.oneOf(
        Combinators.combine(part(), part()).as((a, b) -> a + ".." + b),
        Arbitraries.strings().ofMaxLength(50),
        parts());
  }

  private static Arbitrary<String> part() {
    Arbitrary<String> json =
        Arbitraries.of(
            "{}",
            "[]",
            "{\"alg\":\"PS256\"}",
            "{\"alg\":\"PS256\",\"kid\":\"rsa-1\",\"typ\":\"JWT\"}",
            "{\"alg\":\"none\"}",
            "{\"alg\":5,\"crit\":5}",
            "{\"alg\":\"PS256\",\"crit\":[null,{}]}",
            "{\"alg\":\"PS256\",\"b64\":false,\"crit\":[\"b64\"]}",
            "{\"a\":1,\"a\":2}",
            "[".repeat(2000),
            "{\"a\":".repeat(2000));
    return Arbitraries.oneOf(
        json.map(
            text ->
                Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8))),
        Arbitraries.strings().withChars("AZaz09-_=+/").ofMaxLength(40),
        Arbitraries.strings().ofMaxLength(20));
  }

  @Provide
  Arbitrary<Map<String, Object>> claims() {
    Arbitrary<Object> value =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(20).map(Object.class::cast),
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast),
            Arbitraries.of("https://api.bank.example/payments", "org-1", List.of(), List.of(1, "x"))
                .map(Object.class::cast));
    return Arbitraries.maps(Arbitraries.of("aud", "iss", "iat", "jti", "exp", "nbf", "x"), value)
        .map(LinkedHashMap::new);
  }

  @Provide
  Arbitrary<String> input() {
    return Arbitraries.oneOf(
        Arbitraries.strings()
            .withChars("fapi=()\"@method;created17:,-2request tag")
            .ofMaxLength(80)
            .map(text -> text + "fapi-2-request"),
        Arbitraries.of(
            "fapi=();tag=\"fapi-2-request\"",
            "fapi=(\"@method\" \"@target-uri\" \"authorization\""
                + " \"content-digest\");created=1764590400;keyid=\"ec-1\";tag=\"fapi-2-request\"",
            "fapi=(\"@method\";req);created=99999999999999999;tag=\"fapi-2-request\"",
            "a=(),a=(\"\u00e9\");tag=\"fapi-2-request\""));
  }

  @Provide
  Arbitrary<String> signatures() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(40),
        Arbitraries.of("fapi=:AAAA:", "fapi=::", "fapi=1", "fapi=:" + "A".repeat(88) + ":"));
  }
}
