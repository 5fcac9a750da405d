package io.github.fapipack.resourceserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.resourceserver.testing.TestCertificate;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedCertificateTest {
  private static final String URI = "https://api.example/";
  private static final X509Certificate CLIENT = certificate();
  private static final X509Certificate OTHER = certificate();
  private static final X509Certificate PROXY = certificate();

  /** A kind of proxy, and the field that it writes. */
  record Kind(ForwardedCertificate reader, String field, String value) {
    Frontend frontend() {
      return Frontend.direct().behind(Received.PROXIES).certificateFrom(reader);
    }
  }

  static List<Kind> kinds() {
    return List.of(
        new Kind(ForwardedCertificate.clientCert(), "client-cert", bytes(CLIENT)),
        new Kind(ForwardedCertificate.nginx("X-SSL-Client-Cert"), "X-SSL-Client-Cert", pem(CLIENT)),
        new Kind(
            ForwardedCertificate.envoy(),
            "x-forwarded-client-cert",
            "Hash=0a;Cert=\"" + pem(CLIENT) + "\";Subject=\"CN=a,O=\\\"b; c\\\"\";URI="));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theCertificateIsRead(Kind kind) throws Exception {
    assertThat(new Received(URI).with(kind.field, kind.value).certificate(kind.frontend()))
        .contains(CLIENT);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theCertificateOfTheProxyIsNeverTheClients(Kind kind) throws Exception {
    assertThat(new Received(URI).over(PROXY).certificate(kind.frontend())).isEmpty();
    assertThat(new Received(URI).over(PROXY).with(kind.field, "").certificate(kind.frontend()))
        .isEmpty();
    assertThat(
            new Received(URI).over(PROXY).with(kind.field, kind.value).certificate(kind.frontend()))
        .contains(CLIENT);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void nobodyElseTellsACertificate(Kind kind) throws Exception {
    Received stranger = new Received(URI).from("192.0.2.1").with(kind.field, kind.value);
    assertThat(stranger.certificate(kind.frontend())).isEmpty();
    assertThat(stranger.over(OTHER).certificate(kind.frontend())).contains(OTHER);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void withoutTheSettingTheFieldMeansNothing(Kind kind) throws Exception {
    Frontend frontend = Frontend.direct().behind(Received.PROXIES);
    assertThat(new Received(URI).with(kind.field, kind.value).certificate(frontend)).isEmpty();
    assertThat(new Received(URI).over(PROXY).with(kind.field, kind.value).certificate(frontend))
        .isEmpty();
    assertThat(new Received(URI).from("192.0.2.1").over(OTHER).certificate(frontend))
        .contains(OTHER);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsMalformedIsRefused(Kind kind) {
    Stream.of(
            "x",
            "::",
            ":AAAA:",
            kind.value + "\"",
            kind.value.substring(0, kind.value.length() / 2),
            kind.value.replace("M", "%"),
            ":" + "A".repeat(17_000) + ":",
            bytes(CLIENT) + ", " + bytes(OTHER),
            pem(CLIENT) + pem(OTHER),
            "Cert=\"x\"",
            "Cert=\"" + pem(CLIENT) + "\";Cert=\"" + pem(OTHER) + "\"",
            "Cert=\"" + pem(CLIENT))
        .forEach(value -> new Received(URI).with(kind.field, value).isMalformed(kind.frontend()));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void twoFieldsAreRefused(Kind kind) {
    new Received(URI)
        .with(kind.field, kind.value)
        .with(kind.field, kind.value)
        .isMalformed(kind.frontend());
  }

  @Test
  void theLastElementOfEnvoyCounts() throws Exception {
    Frontend frontend =
        Frontend.direct().behind(Received.PROXIES).certificateFrom(ForwardedCertificate.envoy());
    String spoofed = "Subject=\"a,b\";Cert=\"" + pem(OTHER) + "\"";
    String field = "X-Forwarded-Client-Cert";
    assertThat(
            new Received(URI)
                .with(field, spoofed + ",By=x;cert=" + pem(CLIENT))
                .certificate(frontend))
        .contains(CLIENT);
    assertThat(new Received(URI).with(field, spoofed + ",By=x;Hash=1").certificate(frontend))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {",", "a", "a=", "=", "a=b,", "a=b;", "a=\"", "a=\"\\", "a=\"b\"c=d", "Cert="})
  void partsOfEnvoysFieldAreReadOrRefused(String value) throws Exception {
    Frontend frontend =
        Frontend.direct().behind(Received.PROXIES).certificateFrom(ForwardedCertificate.envoy());
    Received received = new Received(URI).with("X-Forwarded-Client-Cert", value);
    if (value.equals("a=") || value.equals("Cert=")) {
      assertThat(received.certificate(frontend)).isEmpty();
    } else {
      received.isMalformed(frontend);
    }
  }

  @Test
  void itMustBeSaidWhichProxies() {
    assertThatThrownBy(() -> Frontend.direct().certificateFrom(ForwardedCertificate.clientCert()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("behind");
  }

  private static X509Certificate certificate() {
    return TestCertificate.validAround(Instant.now(), Duration.ofDays(1));
  }

  private static String bytes(X509Certificate certificate) {
    return ":" + Base64.getEncoder().encodeToString(der(certificate)) + ":";
  }

  private static String pem(X509Certificate certificate) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der(certificate));
    String pem = "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
