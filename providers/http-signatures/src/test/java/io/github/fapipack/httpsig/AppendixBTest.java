package io.github.fapipack.httpsig;

import static io.github.fapipack.httpsig.Rfc9421.REQUEST;
import static io.github.fapipack.httpsig.Rfc9421.RESPONSE;
import static io.github.fapipack.httpsig.Rfc9421.signature;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of RFC 9421 B.2 and B.3: the signature base, and the published signature over it. */
class AppendixBTest {
  private static final String CLIENT_CERT =
      ":MIIBqDCCAU6gAwIBAgIBBzAKBggqhkjOPQQDAjA6MRswGQYDVQQKDBJMZXQncyBBdXRoZW50aWNhdGUxGzAZBgNVBAM"
          + "MEkxBIEludGVybWVkaWF0ZSBDQTAeFw0yMDAxMTQyMjU1MzNaFw0yMTAxMjMyMjU1MzNaMA0xCzAJBgNVBAMMAk"
          + "JDMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8YnXXfaUgmnMtOXU/IncWalRhebrXmckC8vdgJ1p5Be5F/3YC8"
          + "OthxM4+k1M6aEAEFcGzkJiNy6J84y7uzo9M6NyMHAwCQYDVR0TBAIwADAfBgNVHSMEGDAWgBRm3WjLa38lbEYCui"
          + "CPct0ZaSED2DAOBgNVHQ8BAf8EBAMCBsAwEwYDVR0lBAwwCgYIKwYBBQUHAwIwHQYDVR0RAQH/BBMwEYEPYmRjQG"
          + "V4YW1wbGUuY29tMAoGCCqGSM49BAMCA0gAMEUCIBHda/r1vaL6G3VliL4/Di6YK0Q6bMjeSkC3dFCOOB8TAiEAx/"
          + "kHSB4urmiZ0NX5r5XarmPk0wmuydBVoU4hBVZ1yhk=:";

  @Test
  void b21CoversNothingWithRsaPss() throws Exception {
    String input =
        "();created=1618884473;keyid=\"test-key-rsa-pss\";nonce=\"b3k2pp5k7z-50gnwp.yemd\"";
    RequestMessage signed =
        REQUEST.with(
            signature(
                "sig-b21",
                input,
                "d2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++"
                    + "wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR"
                    + "/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELj"
                    + "VKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7"
                    + "EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q=="));
    assertThat(Rfc9421.base(signed)).isEqualTo("\"@signature-params\": " + input);
    VerifiedSignature verified =
        Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.RSA_PSS_SHA512));
    assertThat(verified.label()).isEqualTo("sig-b21");
    assertThat(verified.input().nonce()).contains("b3k2pp5k7z-50gnwp.yemd");
  }

  @Test
  void b22CoversSomeComponentsWithRsaPss() throws Exception {
    String input =
        "(\"@authority\" \"content-digest\" \"@query-param\";name=\"Pet\");created=1618884473"
            + ";keyid=\"test-key-rsa-pss\";tag=\"header-example\"";
    RequestMessage signed =
        REQUEST.with(
            signature(
                "sig-b22",
                input,
                "LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfK"
                    + "tjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu"
                    + "4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsI"
                    + "k4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUq"
                    + "iYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw=="));
    assertThat(Rfc9421.base(signed).lines())
        .containsExactly(
            "\"@authority\": example.com",
            "\"content-digest\": " + Rfc9421.REQUEST_DIGEST,
            "\"@query-param\";name=\"Pet\": dog",
            "\"@signature-params\": " + input);
    Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.RSA_PSS_SHA512));
  }

  @Test
  void b23CoversTheWholeRequestWithRsaPss() throws Exception {
    String input =
        "(\"date\" \"@method\" \"@path\" \"@query\" \"@authority\" \"content-type\" \"content-digest\""
            + " \"content-length\");created=1618884473;keyid=\"test-key-rsa-pss\"";
    RequestMessage signed =
        REQUEST.with(
            signature(
                "sig-b23",
                input,
                "bbN8oArOxYoyylQQUU6QYwrTuaxLwjAC9fbY2F6SVWvh0yBiMIRGOnMYwZ/5MR6fb0Kh1rIRASVxFkeGt"
                    + "683+qRpRRU5p2voTp768ZrCUb38K0fUxN0O0iC59DzYx8DFll5GmydPxSmme9v6ULbMFkl+V5B1T"
                    + "P/yPViV7KsLNmvKiLJH1pFkh/aYA2HXXZzNBXmIkoQoLd7YfW91kE9o/CCoC1xMy7JA1ipwvKvfr"
                    + "s65ldmlu9bpG6A9BmzhuzF8Eim5f8ui9eH8LZH896+QIF61ka39VBrohr9iyMUJpvRX2Zbhl5ZJz"
                    + "SRxpJyoEZAFL2FUo5fTIztsDZKEgM4cUA=="));
    assertThat(Rfc9421.base(signed).lines())
        .containsExactly(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT",
            "\"@method\": POST",
            "\"@path\": /foo",
            "\"@query\": ?param=Value&Pet=dog",
            "\"@authority\": example.com",
            "\"content-type\": application/json",
            "\"content-digest\": " + Rfc9421.REQUEST_DIGEST,
            "\"content-length\": 18",
            "\"@signature-params\": " + input);
    Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.RSA_PSS_SHA512));
  }

  @Test
  void b24CoversAResponseWithEcdsa() throws Exception {
    String input =
        "(\"@status\" \"content-type\" \"content-digest\" \"content-length\");created=1618884473"
            + ";keyid=\"test-key-ecc-p256\"";
    ResponseMessage signed =
        RESPONSE.with(
            signature(
                "sig-b24",
                input,
                "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32"
                    + "oiasw=="));
    assertThat(Rfc9421.base(signed).lines())
        .containsExactly(
            "\"@status\": 200",
            "\"content-type\": application/json",
            "\"content-digest\": " + Rfc9421.RESPONSE_DIGEST,
            "\"content-length\": 23",
            "\"@signature-params\": " + input);
    Rfc9421.verify(signed, TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256));
  }

  @Test
  void b25IsReproducedWithHmac() throws Exception {
    String input =
        "(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"";
    String published = "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=";
    RequestMessage signed = REQUEST.with(signature("sig-b25", input, published));
    String base = Rfc9421.base(signed);
    assertThat(base.lines())
        .containsExactly(
            "\"date\": Tue, 20 Apr 2021 02:07:55 GMT",
            "\"@authority\": example.com",
            "\"content-type\": application/json",
            "\"@signature-params\": " + input);
    assertThat(TestKeys.hmac(base)).isEqualTo(Base64.getDecoder().decode(published));
    Rfc9421.verify(signed, TestKeys.hmac());
  }

  @Test
  void b26IsReproducedWithEd25519() throws Exception {
    String input =
        "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
            + ";created=1618884473;keyid=\"test-key-ed25519\"";
    List<HttpField> published =
        List.of(
            new HttpField("Signature-Input", "sig-b26=" + input),
            new HttpField(
                "Signature",
                "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQ"
                    + "v5lIp5WPpBKRCw==:"));
    SigningKey key =
        JcaKeys.signing("test-key-ed25519", TestKeys.edPrivate(), SignatureAlgorithm.ED25519);
    SignatureInput covered =
        SignatureInput.covering(
                List.of(
                    Component.of("date"),
                    Component.of("@method"),
                    Component.of("@path"),
                    Component.of("@authority"),
                    Component.of("content-type"),
                    Component.of("content-length")))
            .withCreated(Rfc9421.CREATED);
    assertThat(new MessageSigner(key).sign(REQUEST, "sig-b26", covered)).isEqualTo(published);
    Rfc9421.verify(REQUEST.with(published), TestKeys.verifying(SignatureAlgorithm.ED25519));
  }

  @Test
  void b3CoversTheCertificateThatATlsProxyForwards() throws Exception {
    String input =
        "(\"@path\" \"@query\" \"@method\" \"@authority\" \"client-cert\");created=1618884473"
            + ";keyid=\"test-key-ecc-p256\"";
    RequestMessage forwarded =
        new RequestMessage(
                "POST",
                "https://service.internal.example/foo?param=Value&Pet=dog",
                Rfc9421.fields(
                    "Host: service.internal.example",
                    "Date: Tue, 20 Apr 2021 02:07:55 GMT",
                    "Content-Type: application/json",
                    "Content-Length: 18",
                    "Client-Cert: " + CLIENT_CERT))
            .with(
                signature(
                    "ttrp",
                    input,
                    "xVMHVpawaAC/0SbHrKRs9i8I3eOs5RtTMGCWXm/9nvZzoHsIg6Mce9315T6xoklyy0yzhD9ah4JHR"
                        + "wMLOgmizw=="));
    assertThat(Rfc9421.base(forwarded).lines())
        .containsExactly(
            "\"@path\": /foo",
            "\"@query\": ?param=Value&Pet=dog",
            "\"@method\": POST",
            "\"@authority\": service.internal.example",
            "\"client-cert\": " + CLIENT_CERT,
            "\"@signature-params\": " + input);
    Rfc9421.verify(forwarded, TestKeys.verifying(SignatureAlgorithm.ECDSA_P256_SHA256));
  }
}
