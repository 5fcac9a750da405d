package io.github.fapipack.resourceserver.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.JOSEException;
import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpField;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.RequestMessage;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.VerificationKeys;
import io.github.fapipack.resourceserver.request.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseSignaturesTest {
  private static final byte[] CONTENT = "{\"id\":1}".getBytes(StandardCharsets.UTF_8);
  private static final List<HttpField> FIELDS =
      List.of(new HttpField("Content-Type", "application/json"));

  private final ResponseSignatures own =
      new ResponseSignatures(HttpSignatures.ofResponses(Caller.EC), Caller.CLOCK);

  @Test
  void theClientCanVerifyAResponseAgainstItsRequest() {
    ApiRequest request = SignedRequests.signed("POST", "{}", Caller.RSA, Caller.CLOCK);
    ResponseMessage response = response(request, 201, own.sign(request, 201, FIELDS, CONTENT));
    assertThat(response.fields())
        .extracting(HttpField::name)
        .contains("Content-Digest", "Signature-Input", "Signature");
    assertThatCode(() -> verify(response, CONTENT)).doesNotThrowAnyException();
  }

  @Test
  void anotherStatusContentOrRequestIsNotWhatWasSigned() {
    ApiRequest request = SignedRequests.signed("GET", "", Caller.RSA, Caller.CLOCK);
    List<HttpField> signed = own.sign(request, 200, FIELDS, CONTENT);
    assertThat(fails(response(request, 403, signed), CONTENT)).isTrue();
    assertThat(fails(response(request, 200, signed), "{}".getBytes(StandardCharsets.UTF_8)))
        .isTrue();
    ApiRequest other = SignedRequests.signed("PUT", "", Caller.RSA, Caller.CLOCK);
    assertThat(fails(response(other, 200, signed), CONTENT)).isTrue();
    assertThat(fails(response(request, 200, signed), CONTENT)).isFalse();
  }

  @Test
  void aResponseWithoutContentIsSignedWithoutDigest() {
    ApiRequest request = Caller.request("DELETE", "");
    List<HttpField> signed = own.sign(request, 204, List.of(), new byte[0]);
    assertThat(signed)
        .extracting(HttpField::name)
        .containsExactlyInAnyOrder("Signature-Input", "Signature");
  }

  @Test
  void aResponseToAMalformedRequestIsLeftUnsigned() {
    ApiRequest request = Caller.request("GET", "", new HttpField("Signature", "\u0007\u00e9("));
    assertThatCode(() -> own.sign(request, 400, FIELDS, CONTENT)).doesNotThrowAnyException();
  }

  private static ResponseMessage response(ApiRequest request, int status, List<HttpField> more) {
    List<HttpField> all = new ArrayList<>(FIELDS);
    all.addAll(more);
    return new ResponseMessage(
        status, all, new RequestMessage(request.method(), request.targetUri(), request.fields()));
  }

  private static boolean fails(ResponseMessage response, byte[] content) {
    try {
      verify(response, content);
      return false;
    } catch (HttpSignatureException wrong) {
      return true;
    }
  }

  private static void verify(ResponseMessage response, byte[] content)
      throws HttpSignatureException {
    VerificationKeys keys =
        input -> {
          try {
            return Optional.of(
                JcaKeys.verifying(
                    Caller.EC.toECKey().toECPublicKey(), SignatureAlgorithm.ECDSA_P256_SHA256));
          } catch (JOSEException e) {
            throw new IllegalStateException(e);
          }
        };
    FapiSignatures.at(Caller.CLOCK).verifyResponse(response, content, keys);
  }
}
