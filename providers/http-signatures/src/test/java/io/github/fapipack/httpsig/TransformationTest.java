package io.github.fapipack.httpsig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import org.junit.jupiter.api.Test;

/** What a signature survives on its way and what not (RFC 9421 B.4). */
class TransformationTest {
  private static final String URI = "https://example.org/demo?name1=Value1&Name2=value2";
  private static final String HOST = "Host: example.org";
  private static final String DATE = "Date: Fri, 15 Jul 2022 14:24:55 GMT";
  private static final String JSON = "Accept: application/json";
  private static final String ANY = "Accept: */*";

  @Test
  void verifiesTheMessageAsItWasSigned() throws Exception {
    RequestMessage message = signed("GET", URI, HOST, DATE, JSON, ANY);
    assertThat(Rfc9421.base(message).lines())
        .containsExactly(
            "\"@method\": GET",
            "\"@path\": /demo",
            "\"@authority\": example.org",
            "\"accept\": application/json, */*",
            "\"@signature-params\": (\"@method\" \"@path\" \"@authority\" \"accept\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"");
    verify(message);
  }

  @Test
  void survivesAnAddedFieldAndQueryParameter() throws Exception {
    String language = "Accept-Language: en-US,en;q=0.5";
    verify(signed("GET", URI + "&param=added", HOST, DATE, JSON, ANY, language));
  }

  @Test
  void survivesAnotherUncoveredFieldAndLinesPutTogether() throws Exception {
    String referer = "Referer: https://developer.example.org/demo";
    verify(signed("GET", URI, HOST, referer, "Accept: application/json, */*"));
  }

  @Test
  void survivesFieldsInAnotherOrder() throws Exception {
    verify(signed("GET", URI, JSON, ANY, DATE, HOST));
  }

  @Test
  void failsWithAnotherMethodAndAuthority() {
    RequestMessage changed =
        signed(
            "POST",
            "https://example.com/demo?name1=Value1&Name2=value2",
            "Host: example.com",
            DATE,
            JSON,
            ANY);
    assertMismatch(changed);
  }

  @Test
  void failsWithTheLinesOfOneFieldInAnotherOrder() {
    assertMismatch(signed("GET", URI, HOST, DATE, ANY, JSON));
  }

  private static RequestMessage signed(String method, String uri, String... fields) {
    return new RequestMessage(method, uri, Rfc9421.fields(fields))
        .with(
            Rfc9421.signature(
                "transform",
                "(\"@method\" \"@path\" \"@authority\" \"accept\");created=1618884473"
                    + ";keyid=\"test-key-ed25519\"",
                "ZT1kooQsEHpZ0I1IjCqtQppOmIqlJPeo7DHR3SoMn0s5JZ1eRGS0A+vyYP9t/LXlh5QMFFQ6cpLt2m0pm"
                    + "j3NDA=="));
  }

  private static void verify(RequestMessage message) throws Exception {
    Rfc9421.verify(message, TestKeys.verifying(SignatureAlgorithm.ED25519));
  }

  private static void assertMismatch(RequestMessage message) {
    assertThatThrownBy(() -> verify(message))
        .isInstanceOfSatisfying(
            HttpSignatureException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.MISMATCH));
  }
}
