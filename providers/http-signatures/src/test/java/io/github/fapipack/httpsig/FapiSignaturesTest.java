package io.github.fapipack.httpsig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests and responses as FAPI 2.0 signs them (FAPI2-HS 5.3). */
class FapiSignaturesTest {
  private static final byte[] CONTENT = "{\"amount\": 10}".getBytes(UTF_8);
  private static final byte[] NOTHING = new byte[0];
  private static final FapiSignatures FAPI = FapiSignatures.at(Rfc9421.clockAt(Rfc9421.CREATED));

  private static final RequestMessage REQUEST =
      new RequestMessage(
          "POST",
          "https://rs.example/payments?x=1",
          Rfc9421.fields(
              "Authorization: DPoP token", "DPoP: proof", "Content-Type: application/json"));

  @Test
  void signsAndVerifiesARequest() throws Exception {
    RequestMessage signed = signedRequest();
    VerifiedSignature verified = verify(signed, CONTENT);
    assertThat(verified.input().components())
        .extracting(Component::identifier)
        .containsExactly(
            "\"@method\"",
            "\"@target-uri\"",
            "\"authorization\"",
            "\"dpop\"",
            "\"content-digest\"",
            "\"content-type\"");
    assertThat(verified.input().tag()).contains("fapi-2-request");
    assertThat(verified.input().created()).contains(Rfc9421.CREATED);
    assertThat(verified.input().keyId()).contains("key");
  }

  @Test
  void signsAndVerifiesARequestWithoutContent() throws Exception {
    RequestMessage request =
        new RequestMessage("GET", "https://rs.example/", List.of(REQUEST.fields().get(0)));
    RequestMessage signed = FAPI.signRequest(request, NOTHING, key());
    assertThat(signed.has("Content-Digest")).isFalse();
    verify(signed, NOTHING);
    assertReason(() -> verify(signed, CONTENT), Reason.UNCOVERED);
  }

  @Test
  void doesNotSignAnIncompleteOrContradictoryRequest() {
    RequestMessage without = new RequestMessage("GET", "https://rs.example/", List.of());
    assertReason(() -> FAPI.signRequest(without, NOTHING, key()), Reason.ABSENT);
    RequestMessage wrong = REQUEST.with(List.of(digestOf("other")));
    assertReason(() -> FAPI.signRequest(wrong, CONTENT, key()), Reason.WRONG_DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"@method", "@target-uri", "authorization", "dpop", "content-digest"})
  void refusesARequestThatLeavesAComponentUncovered(String left) throws Exception {
    RequestMessage complete = REQUEST.with(List.of(digestOf(CONTENT)));
    SignatureInput input = SignatureInput.covering(requestComponentsBut(left));
    RequestMessage signed =
        sign(complete, input.withCreated(Rfc9421.CREATED).withTag("fapi-2-request"));
    assertThatThrownBy(() -> verify(signed, CONTENT))
        .hasMessage("signature s: component \"" + left + "\": it must be covered");
  }

  @ParameterizedTest
  @CsvSource({"fapi-2-response", "other", "FAPI-2-REQUEST", "''"})
  void refusesARequestWithAnotherTag(String tag) throws Exception {
    SignatureInput input = SignatureInput.covering(requestComponentsBut("none"));
    RequestMessage complete = REQUEST.with(List.of(digestOf(CONTENT)));
    RequestMessage signed = sign(complete, input.withCreated(Rfc9421.CREATED).withTag(tag));
    assertReason(() -> verify(signed, CONTENT), Reason.WRONG_PARAMETER);
    RequestMessage untagged = sign(complete, input.withCreated(Rfc9421.CREATED));
    assertReason(() -> verify(untagged, CONTENT), Reason.WRONG_PARAMETER);
  }

  @Test
  void refusesARequestWithoutCreatedOrOutOfTime() throws Exception {
    SignatureInput input =
        SignatureInput.covering(requestComponentsBut("none")).withTag("fapi-2-request");
    RequestMessage complete = REQUEST.with(List.of(digestOf(CONTENT)));
    RequestMessage timeless = sign(complete, input);
    assertReason(() -> verify(timeless, CONTENT), Reason.WRONG_PARAMETER);
    RequestMessage stale = sign(complete, input.withCreated(Rfc9421.CREATED.minusSeconds(61)));
    assertReason(() -> verify(stale, CONTENT), Reason.OUT_OF_TIME);
    RequestMessage future = sign(complete, input.withCreated(Rfc9421.CREATED.plusSeconds(61)));
    assertReason(() -> verify(future, CONTENT), Reason.OUT_OF_TIME);
  }

  @Test
  void refusesAChangedRequest() throws Exception {
    RequestMessage signed = signedRequest();
    RequestMessage method = new RequestMessage("PUT", signed.targetUri(), signed.fields());
    RequestMessage uri =
        new RequestMessage("POST", "https://rs.example/payments?x=2", signed.fields());
    assertReason(() -> verify(method, CONTENT), Reason.MISMATCH);
    assertReason(() -> verify(uri, CONTENT), Reason.MISMATCH);
    for (String name : List.of("Authorization", "DPoP", "Content-Type")) {
      RequestMessage field = changed(signed, name, value -> value + "x");
      assertReason(() -> verify(field, CONTENT), Reason.MISMATCH);
    }
    byte[] other = "{\"amount\": 11}".getBytes(UTF_8);
    assertReason(() -> verify(signed, other), Reason.WRONG_DIGEST);
    RequestMessage both = changed(signed, "Content-Digest", value -> digestOf(other).value());
    assertReason(() -> verify(both, other), Reason.MISMATCH);
    assertReason(() -> verify(signed, NOTHING), Reason.WRONG_DIGEST);
  }

  @Test
  void refusesAChangedParameter() throws Exception {
    RequestMessage later =
        changed(signedRequest(), "Signature-Input", value -> value.replace("4473", "4474"));
    assertReason(() -> verify(later, CONTENT), Reason.MISMATCH);
    RequestMessage reordered =
        changed(
            signedRequest(),
            "Signature-Input",
            value ->
                value.replace(
                    ";created=1618884473;keyid=\"key\"", ";keyid=\"key\";created=1618884473"));
    assertReason(() -> verify(reordered, CONTENT), Reason.MISMATCH);
  }

  @Test
  void findsItsSignatureBesideAProxys() throws Exception {
    RequestMessage signed = signedRequest();
    SignatureInput input = SignatureInput.covering(List.of()).withCreated(Rfc9421.CREATED);
    List<HttpField> proxy = new MessageSigner(key()).sign(signed, "proxy", input);
    assertThat(verify(signed.with(proxy), CONTENT).label()).isEqualTo("fapi");
  }

  @Test
  void bindsAResponseToItsRequest() throws Exception {
    ResponseMessage signed = signedResponse(signedRequest());
    VerifiedSignature verified = verify(signed, CONTENT);
    assertThat(verified.input().tag()).contains("fapi-2-response");
    assertThat(verified.input().components())
        .extracting(Component::identifier)
        .containsExactly(
            "\"@status\"",
            "\"@method\";req",
            "\"@target-uri\";req",
            "\"content-digest\";req",
            "\"signature\";req",
            "\"signature-input\";req",
            "\"content-digest\"",
            "\"content-type\"");
  }

  @Test
  void refusesAResponseToAnotherRequest() throws Exception {
    ResponseMessage signed = signedResponse(signedRequest());
    RequestMessage other = changed(signedRequest(), "Signature", value -> "fapi=:AAAA:");
    ResponseMessage moved = new ResponseMessage(200, signed.fields(), other);
    assertReason(() -> verify(moved, CONTENT), Reason.MISMATCH);
    ResponseMessage status = new ResponseMessage(201, signed.fields(), signed.request());
    assertReason(() -> verify(status, CONTENT), Reason.MISMATCH);
    assertReason(() -> verify(signed, "{}".getBytes(UTF_8)), Reason.WRONG_DIGEST);
  }

  @ParameterizedTest
  @CsvSource({
    "@status,false",
    "@method,true",
    "@target-uri,true",
    "content-digest,true",
    "signature,true",
    "signature-input,true",
    "content-digest,false"
  })
  void refusesAResponseThatLeavesAComponentUncovered(String name, boolean ofRequest)
      throws Exception {
    Component left = ofRequest ? Component.of(name).ofRequest() : Component.of(name);
    ResponseMessage full = signedResponse(signedRequest());
    List<Component> covered =
        verify(full, CONTENT).input().components().stream().filter(c -> !c.equals(left)).toList();
    ResponseMessage bare = new ResponseMessage(200, full.fields().subList(0, 2), full.request());
    SignatureInput input =
        SignatureInput.covering(covered).withCreated(Rfc9421.CREATED).withTag("fapi-2-response");
    ResponseMessage signed = bare.with(new MessageSigner(key()).sign(bare, "s", input));
    assertThatThrownBy(() -> verify(signed, CONTENT))
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> assertThat(failure.component()).contains(left.identifier()));
  }

  @Test
  void signsAResponseToAnUnsignedRequest() throws Exception {
    ResponseMessage response = new ResponseMessage(204, List.of(), REQUEST);
    verify(FAPI.signResponse(response, NOTHING, key()), NOTHING);
  }

  private static List<Component> requestComponentsBut(String left) {
    return List.of("@method", "@target-uri", "authorization", "dpop", "content-digest").stream()
        .filter(name -> !name.equals(left))
        .map(Component::of)
        .toList();
  }

  private static RequestMessage changed(
      RequestMessage request, String name, UnaryOperator<String> change) {
    return new RequestMessage(
        request.method(),
        request.targetUri(),
        request.fields().stream()
            .map(
                field ->
                    field.name().equals(name)
                        ? new HttpField(name, change.apply(field.value()))
                        : field)
            .toList());
  }

  private static HttpField digestOf(String content) {
    return digestOf(content.getBytes(UTF_8));
  }

  private static HttpField digestOf(byte[] content) {
    return ContentDigest.field(content, ContentDigest.Algorithm.SHA_512);
  }

  private static RequestMessage signedRequest() throws Exception {
    return FAPI.signRequest(REQUEST, CONTENT, key());
  }

  private static ResponseMessage signedResponse(RequestMessage request) throws Exception {
    List<HttpField> fields = Rfc9421.fields("Content-Type: application/json");
    return FAPI.signResponse(new ResponseMessage(200, fields, request), CONTENT, key());
  }

  private static RequestMessage sign(RequestMessage message, SignatureInput input)
      throws Exception {
    return message.with(new MessageSigner(key()).sign(message, "s", input));
  }

  private static VerifiedSignature verify(RequestMessage message, byte[] content) throws Exception {
    return FAPI.verifyRequest(message, content, keys());
  }

  private static VerifiedSignature verify(ResponseMessage message, byte[] content)
      throws Exception {
    return FAPI.verifyResponse(message, content, keys());
  }

  private static SigningKey key() throws Exception {
    return TestKeys.signing(SignatureAlgorithm.ECDSA_P256_SHA256);
  }

  private static VerificationKeys keys() throws Exception {
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256);
    return input -> Optional.of(key);
  }

  private static void assertReason(ThrowingCallable call, Reason reason) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
