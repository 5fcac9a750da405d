package io.github.fapipack.httpsig;

import static io.github.fapipack.httpsig.Rfc9421.REQUEST;
import static io.github.fapipack.httpsig.Rfc9421.signature;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The signed examples in sections 2.4, 3.2 and 4.3 of RFC 9421. */
class SectionExamplesTest {
  private static final String UNAVAILABLE_DIGEST =
      "sha-512=:0Y6iCBzGg5rZtoXS95Ijz03mslf6KAMCloESHObfwnHJDbkkWWQz6PhhU9kxsTbARtY2PTBOzq24uJFpHsM"
          + "uAg==:";
  private static final ResponseMessage UNAVAILABLE =
      new ResponseMessage(
          503,
          Rfc9421.fields(
              "Date: Tue, 20 Apr 2021 02:07:56 GMT",
              "Content-Type: application/json",
              "Content-Length: 62",
              "Content-Digest: " + UNAVAILABLE_DIGEST),
          REQUEST);

  @Test
  void section24BindsAResponseToItsRequest() throws Exception {
    String input =
        "(\"@status\" \"content-digest\" \"content-type\" \"@authority\";req \"@method\";req"
            + " \"@path\";req \"content-digest\";req);created=1618884479;keyid=\"test-key-ecc-p256\"";
    ResponseMessage signed =
        UNAVAILABLE.with(
            signature(
                "reqres",
                input,
                "dMT/A/76ehrdBTD/2Xx8QuKV6FoyzEP/I9hdzKN8LQJLNgzU4W767HK05rx1i8meNQQgQPgQp8wq2ive3"
                    + "tV5Ag=="));
    assertThat(Rfc9421.base(signed).lines())
        .containsExactly(
            "\"@status\": 503",
            "\"content-digest\": " + UNAVAILABLE_DIGEST,
            "\"content-type\": application/json",
            "\"@authority\";req: example.com",
            "\"@method\";req: POST",
            "\"@path\";req: /foo",
            "\"content-digest\";req: " + Rfc9421.REQUEST_DIGEST,
            "\"@signature-params\": " + input);
    Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256));
  }

  @Test
  void section24CoversTheSameFieldOfRequestAndResponse() throws Exception {
    ResponseMessage signed =
        UNAVAILABLE.with(
            signature(
                "reqres",
                "(\"@status\" \"content-digest\" \"content-type\" \"@authority\";req \"@method\";req"
                    + " \"@path\";req \"@query\";req \"content-digest\";req \"content-type\";req"
                    + " \"content-length\";req);created=1618884479;keyid=\"test-key-ecc-p256\"",
                "C73J41GVKc+TYXbSobvZf0CmNcptRiWN+NY1Or0A36ISg6ymdRN6ZgR2QfrtopFNzqAyv+CeWrMsNbcV2"
                    + "Ojsgg=="));
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256);
    Rfc9421.verify(signed, key);
    RequestMessage other = new RequestMessage("PUT", REQUEST.targetUri(), REQUEST.fields());
    assertThatThrownBy(() -> Rfc9421.verify(new ResponseMessage(503, signed.fields(), other), key))
        .hasMessageContaining("reqres");
  }

  @Test
  void section32VerifiesTheFirstExample() throws Exception {
    RequestMessage signed =
        REQUEST.with(
            signature(
                "sig1",
                "(\"@method\" \"@authority\" \"@path\" \"content-digest\" \"content-length\""
                    + " \"content-type\");created=1618884473;keyid=\"test-key-rsa-pss\"",
                "HIbjHC5rS0BYaa9v4QfD4193TORw7u9edguPh0AW3dMq9WImrlFrCGUDih47vAxi4L2YRZ3XMJc1uOKk/"
                    + "J0ZmZ+wcta4nKIgBkKq0rM9hs3CQyxXGxHLMCy8uqK488o+9jrptQ+xFPHK7a9sRL1IXNaagCNN3"
                    + "ZxJsYapFj+JXbmaI5rtAdSfSvzPuBCh+ARHBmWuNo1UzVVdHXrl8ePL4cccqlazIJdC4QEjrF+Sn"
                    + "4IxBQzTZsL9y9TP5FsZYzHvDqbInkTNigBcE9cKOYNFCn4D/WM7F6TNuZO9EgtzepLWcjTymlHzK"
                    + "7aXq6Am6sfOrpIC49yXjj3ae6HRalVc/g=="));
    Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.RSA_PSS_SHA512));
  }

  @Test
  void section43FindsTheProxysSignatureBesideTheClients() throws Exception {
    RequestMessage received = proxied("https://origin.host.internal.example");
    VerificationPolicy policy =
        VerificationPolicy.at(Rfc9421.clockAt(Instant.ofEpochSecond(1618884500)))
            .withLabel("proxy_sig");
    MessageVerifier verifier = new MessageVerifier(policy, input -> Optional.of(TestKeys.rsaV15()));
    assertThat(verifier.verify(received).input().algorithm()).contains("rsa-v1_5-sha256");
  }

  @Test
  void section43FindsTheClientsSignatureBesideTheProxys() throws Exception {
    VerifyingKey key = TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256);
    VerificationPolicy policy = Rfc9421.policy().withLabel("sig1");
    MessageVerifier verifier = new MessageVerifier(policy, input -> Optional.of(key));
    assertThat(verifier.verify(proxied("https://example.com")).label()).isEqualTo("sig1");
    assertThatThrownBy(() -> verifier.verify(proxied("https://origin.host.internal.example")))
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.MISMATCH));
  }

  @Test
  void section43RefusesTheProxysSignatureOnceItHasExpired() {
    VerificationPolicy policy =
        VerificationPolicy.at(Rfc9421.clockAt(Instant.ofEpochSecond(1618884540)))
            .withLabel("proxy_sig");
    MessageVerifier verifier = new MessageVerifier(policy, input -> Optional.of(TestKeys.rsaV15()));
    assertThatThrownBy(() -> verifier.verify(proxied("https://origin.host.internal.example")))
        .hasMessage("signature proxy_sig: it has expired");
  }

  private static RequestMessage proxied(String origin) {
    return new RequestMessage(
        "POST",
        origin + "/foo?param=Value&Pet=dog",
        Rfc9421.fields(
            "Date: Tue, 20 Apr 2021 02:07:56 GMT",
            "Content-Type: application/json",
            "Content-Length: 18",
            "Forwarded: for=192.0.2.123;host=example.com;proto=https",
            "Content-Digest: " + Rfc9421.REQUEST_DIGEST,
            "Signature-Input: sig1=(\"@method\" \"@authority\" \"@path\" \"content-digest\""
                + " \"content-type\" \"content-length\");created=1618884475"
                + ";keyid=\"test-key-ecc-p256\", proxy_sig=(\"@method\" \"@authority\" \"@path\""
                + " \"content-digest\" \"content-type\" \"content-length\" \"forwarded\")"
                + ";created=1618884480;keyid=\"test-key-rsa\";alg=\"rsa-v1_5-sha256\""
                + ";expires=1618884540",
            "Signature: sig1=:X5spyd6CFnAG5QnDyHfqoSNICd+BUP4LYMz2Q0JXlb//4Ijpzp+kve2w4NIyqeAuM7jTD"
                + "X+sNalzA8ESSaHD3A==:, proxy_sig=:S6ZzPXSdAMOPjN/6KXfXWNO/f7V6cHm7BXYUh3YD/fRad4B"
                + "CaRZxP+JH+8XY1I6+8Cy+CM5g92iHgxtRPz+MjniOaYmdkDcnL9cCpXJleXsOckpURl49GwiyUpZ10KH"
                + "gOEe11sx3G2gxI8S0jnxQB+Pu68U9vVcasqOWAEObtNKKZd8tSFu7LB5YAv0RAGhB8tmpv7sFnIm9y+7"
                + "X5kXQfi8NMaZaA8i2ZHwpBdg7a6CMfwnnrtflzvZdXAsD3LH2TwevU+/PBPv0B6NMNk93wUs/vfJvye+"
                + "YuI87HU38lZHowtznbLVdp770I6VHR6WfgS9ddzirrswsE1w5o0LV/g==:"));
  }
}
