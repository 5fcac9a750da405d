package io.github.fapipack.resourceserver.message;

import static io.github.fapipack.resourceserver.message.Caller.refusal;
import static io.github.fapipack.resourceserver.message.SignedRequests.signed;
import static io.github.fapipack.resourceserver.message.SignedRequests.signedWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.httpsig.Component;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.SignatureInput;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayedSignaturesTest {
  private static final String BODY = "{\"amount\":\"10\"}";

  /** The order of P-256. */
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final ReplayStore store = Caller.store();
  private final HttpSignatures settings = HttpSignatures.of(Caller.KEYS);
  private final RequestSignatures check = new RequestSignatures(settings, store, Caller.CLOCK);

  @Test
  void aSignatureCountsOnceOnAllNodes() throws Exception {
    ApiRequest request = signed("POST", BODY, Caller.EC, Caller.CLOCK);
    RequestSignatures other = new RequestSignatures(settings, store, Caller.CLOCK);
    check.check(request, Caller.ID);
    assertThat(refusal(() -> other.check(request, Caller.ID)).sentence())
        .contains("was used before");
  }

  @Test
  void theOtherFormOfAnEcdsaSignatureIsTheSameSignature() throws Exception {
    ApiRequest request = signed("GET", "", Caller.EC, Caller.CLOCK);
    check.check(request, Caller.ID);
    ApiRequest turned = Caller.with(request, request.fields().stream().map(this::turned).toList());
    assertThat(turned.fields()).isNotEqualTo(request.fields());
    assertThat(refusal(() -> check.check(turned, Caller.ID)).sentence())
        .contains("was used before");
  }

  @Test
  void aNonceCountsOnceAndCanBeDemanded() throws Exception {
    RequestSignatures strict = new RequestSignatures(settings.withNonce(), store, Caller.CLOCK);
    assertThat(
            refusal(() -> strict.check(signed("GET", "", Caller.EC, Caller.CLOCK), Caller.ID))
                .sentence())
        .contains("nonce");
    SignatureInput input =
        SignatureInput.covering(
                List.of(
                    Component.of("@method"),
                    Component.of("@target-uri"),
                    Component.of("authorization")))
            .withCreated(Caller.NOW)
            .withNonce("n-1")
            .withTag("fapi-2-request");
    strict.check(signedWith(Caller.request("GET", ""), input), Caller.ID);
    assertThat(
            refusal(() -> strict.check(signedWith(Caller.request("GET", ""), input), Caller.ID))
                .sentence())
        .contains("was used before");
  }

  @Test
  void aSignatureIsRememberedLongerThanItIsTaken() throws Exception {
    List<Instant> remembered = new ArrayList<>();
    Duration age = Duration.ofSeconds(30);
    RequestSignatures exact =
        new RequestSignatures(
            settings.window(age, Duration.ZERO),
            (purpose, key, until) -> remembered.add(until),
            Caller.CLOCK);
    exact.check(signed("GET", "", Caller.EC, Caller.CLOCK), Caller.ID);
    assertThat(remembered).hasSize(1);
    assertThat(remembered.get(0)).isAfter(Caller.NOW.plus(age));
  }

  @Test
  void aStoreThatIsDownLetsNothingThrough() {
    RequestSignatures down = new RequestSignatures(settings, Caller.DOWN, Caller.CLOCK);
    RefusedRequest refused =
        refusal(() -> down.check(signed("GET", "", Caller.EC, Caller.CLOCK), Caller.ID));
    assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(refused.retryAfter()).isPresent();
  }

  private HttpField turned(HttpField field) {
    if (!field.name().equals("Signature")) {
      return field;
    }
    String value = field.value();
    int start = value.indexOf(':') + 1;
    byte[] signature = Base64.getDecoder().decode(value.substring(start, value.length() - 1));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] other = ORDER.subtract(s).toByteArray();
    byte[] turned = Arrays.copyOf(signature, 32);
    turned = Arrays.copyOf(turned, 64);
    int length = Math.min(32, other.length);
    System.arraycopy(other, other.length - length, turned, 64 - length, length);
    return new HttpField(
        "Signature", value.substring(0, start) + Base64.getEncoder().encodeToString(turned) + ":");
  }
}
