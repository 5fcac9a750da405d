package io.github.fapipack.resourceserver.message;

import static io.github.fapipack.resourceserver.message.Caller.refusal;
import static io.github.fapipack.resourceserver.message.SignedRequests.digest;
import static io.github.fapipack.resourceserver.message.SignedRequests.signed;
import static io.github.fapipack.resourceserver.message.SignedRequests.signedOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestSignaturesTest {
  private static final String BODY = "{\"amount\":\"10\"}";

  private final ReplayStore store = Caller.store();
  private final HttpSignatures settings = HttpSignatures.of(Caller.KEYS);
  private final RequestSignatures check = new RequestSignatures(settings, store, Caller.CLOCK);

  @Test
  void aSignedRequestWithAndWithoutContentPasses() {
    for (JWK key : List.of(Caller.EC, Caller.RSA)) {
      assertThatCode(() -> check.check(signed("POST", BODY, key, Caller.CLOCK), Caller.ID))
          .doesNotThrowAnyException();
      assertThatCode(() -> check.check(signed("GET", "", key, Caller.CLOCK), Caller.ID))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aRequestWithoutSignatureIsToldWhatToSign() {
    RefusedRequest refused = refusal(() -> check.check(Caller.request("GET", ""), Caller.ID));
    assertThat(refused.problem()).isEqualTo(Problem.INVALID_SIGNATURE);
    assertThat(refused.fields())
        .anySatisfy(
            field -> {
              assertThat(field.name()).isEqualTo("Accept-Signature");
              assertThat(field.value())
                  .isEqualTo(
                      "fapi=(\"@method\" \"@target-uri\" \"authorization\");created;keyid"
                          + ";tag=\"fapi-2-request\"");
            });
  }

  @Test
  void aSignatureThatCoversTooLittleIsRefused() {
    for (String left : List.of("@method", "@target-uri", "authorization", "content-digest")) {
      List<String> covered =
          new ArrayList<>(List.of("@method", "@target-uri", "authorization", "content-digest"));
      covered.remove(left);
      ApiRequest request = Caller.request("POST", BODY, digest(BODY));
      RefusedRequest refused =
          refusal(() -> check.check(signedOver(request, covered, "fapi-2-request"), Caller.ID));
      assertThat(refused.sentence()).contains("covers too little");
    }
  }

  @Test
  void aProofMustBeCoveredIfThereIsOne() {
    ApiRequest request = Caller.request("GET", "", new HttpField("DPoP", "a.b.c"));
    List<String> without = List.of("@method", "@target-uri", "authorization");
    assertThat(
            refusal(() -> check.check(signedOver(request, without, "fapi-2-request"), Caller.ID))
                .sentence())
        .contains("covers too little");
    List<String> with = List.of("@method", "@target-uri", "authorization", "dpop");
    assertThatCode(() -> check.check(signedOver(request, with, "fapi-2-request"), Caller.ID))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherTagIsNoSignatureOfTheProfile() {
    ApiRequest request = Caller.request("GET", "");
    List<String> covered = List.of("@method", "@target-uri", "authorization");
    assertThat(
            refusal(() -> check.check(signedOver(request, covered, "proxy"), Caller.ID)).problem())
        .isEqualTo(Problem.INVALID_SIGNATURE);
    RequestSignatures optional = new RequestSignatures(settings.whereSigned(), store, Caller.CLOCK);
    assertThatCode(() -> optional.check(signedOver(request, covered, "proxy"), Caller.ID))
        .doesNotThrowAnyException();
  }

  @Test
  void alteredContentUriOrMethodIsRefused() throws Exception {
    ApiRequest good = signed("POST", BODY, Caller.EC, Caller.CLOCK);
    byte[] other = "{\"amount\":\"99\"}".getBytes(StandardCharsets.UTF_8);
    List<ApiRequest> altered =
        List.of(
            new ApiRequest("POST", good.targetUri(), good.fields(), () -> other, good.peer()),
            new ApiRequest("PUT", good.targetUri(), good.fields(), good.body(), good.peer()),
            new ApiRequest(
                "POST", Caller.TARGET + "&x=1", good.fields(), good.body(), good.peer()));
    for (ApiRequest request : altered) {
      assertThat(refusal(() -> check.check(request, Caller.ID)).problem())
          .isEqualTo(Problem.INVALID_SIGNATURE);
    }
  }

  @Test
  void anotherClientsKeyIsRefused() {
    assertThat(
            refusal(() -> check.check(signed("GET", "", Caller.STRANGER, Caller.CLOCK), Caller.ID))
                .sentence())
        .contains("not made with this key");
    assertThat(
            refusal(() -> check.check(signed("GET", "", Caller.ec("x"), Caller.CLOCK), Caller.ID))
                .sentence())
        .contains("keyid");
    assertThat(
            refusal(() -> check.check(signed("GET", "", Caller.EC, Caller.CLOCK), "client-9"))
                .sentence())
        .contains("keyid");
  }

  @Test
  void onlySignaturesOfTheLastMinutePass() {
    Clock old = Clock.offset(Caller.CLOCK, Duration.ofSeconds(-61));
    Clock ahead = Clock.offset(Caller.CLOCK, Duration.ofSeconds(11));
    for (Clock clock : List.of(old, ahead)) {
      assertThat(
              refusal(() -> check.check(signed("GET", "", Caller.EC, clock), Caller.ID)).sentence())
          .contains("sign again");
    }
    Clock within = Clock.offset(Caller.CLOCK, Duration.ofSeconds(-59));
    assertThatCode(() -> check.check(signed("GET", "", Caller.EC, within), Caller.ID))
        .doesNotThrowAnyException();
  }

  @Test
  void keysThatCannotBeHadLetNothingThrough() {
    ClientKeys none =
        (clientId, keyId) -> {
          throw new RefusedRequest(Problem.UNAVAILABLE, "no keys now", "RFC9110 15.6.4");
        };
    RequestSignatures down = new RequestSignatures(HttpSignatures.of(none), store, Caller.CLOCK);
    assertThat(
            refusal(() -> down.check(signed("GET", "", Caller.EC, Caller.CLOCK), Caller.ID))
                .problem())
        .isEqualTo(Problem.UNAVAILABLE);
  }

  @Test
  void onlyTheNamedMethodsMustBeSigned() {
    RequestSignatures posts =
        new RequestSignatures(settings.requiredFor("POST"), store, Caller.CLOCK);
    assertThatCode(() -> posts.check(Caller.request("GET", ""), Caller.ID))
        .doesNotThrowAnyException();
    assertThat(refusal(() -> posts.check(Caller.request("POST", BODY), Caller.ID)).problem())
        .isEqualTo(Problem.INVALID_SIGNATURE);
    assertThat(
            refusal(() -> posts.check(signed("GET", "", Caller.STRANGER, Caller.CLOCK), Caller.ID))
                .problem())
        .isEqualTo(Problem.INVALID_SIGNATURE);
  }

  @Test
  void longFieldsAndLongContentAreRefused() {
    HttpField input = new HttpField("Signature-Input", "x".repeat(20_000));
    assertThat(refusal(() -> check.check(Caller.request("GET", "", input), Caller.ID)).problem())
        .isEqualTo(Problem.TOO_LARGE);
    ApiRequest good = signed("POST", BODY, Caller.EC, Caller.CLOCK);
    ApiRequest tooLong =
        new ApiRequest(
            "POST",
            good.targetUri(),
            good.fields(),
            () -> {
              throw new IOException("too long");
            },
            good.peer());
    assertThat(refusal(() -> check.check(tooLong, Caller.ID)).problem())
        .isEqualTo(Problem.TOO_LARGE);
  }

  @Test
  void settingsWithoutKeysCannotCheck() {
    assertThatThrownBy(
            () -> new RequestSignatures(HttpSignatures.ofResponses(Caller.EC), store, Caller.CLOCK))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> HttpSignatures.ofResponses(Caller.EC.toPublicJWK()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
