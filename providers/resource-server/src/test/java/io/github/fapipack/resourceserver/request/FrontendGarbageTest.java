package io.github.fapipack.resourceserver.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever callers and proxies send, the request has a good URI afterwards, or is refused. */
class FrontendGarbageTest {
  private static final Frontend PROXIED = Frontend.direct().behind(Received.PROXIES);
  private static final List<Frontend> FRONTENDS =
      List.of(
          Frontend.direct(),
          Frontend.publicAddress(URI.create("https://api.example/v1")),
          PROXIED.certificateFrom(ForwardedCertificate.clientCert()),
          PROXIED.certificateFrom(ForwardedCertificate.envoy()),
          PROXIED.certificateFrom(ForwardedCertificate.nginx("X-SSL-Client-Cert")));

  @Property(tries = 300)
  void anyUri(@ForAll String uri) {
    isGoodOrRefused(new Received(uri));
    isGoodOrRefused(new Received("https://" + uri));
    isGoodOrRefused(new Received("https://api.example/" + uri));
  }

  @Property(tries = 300)
  void anyMethod(@ForAll String method) {
    isGoodOrRefused(new Received("https://api.example/").method(method));
  }

  @Property(tries = 300)
  void anyFieldOfAProxy(
      @ForAll("names") String name, @ForAll("values") String value, @ForAll("values") String more) {
    isGoodOrRefused(new Received("http://10.0.0.1/a?b").with(name, value));
    isGoodOrRefused(new Received("http://10.0.0.1/a?b").with(name, value + more));
    isGoodOrRefused(new Received("http://10.0.0.1/a?b").with(name, value).with(name, more));
  }

  @Property(tries = 300)
  void anyFieldOfAStrangerMeansNothing(@ForAll("names") String name, @ForAll("values") String value)
      throws RefusedRequest {
    for (Frontend frontend : FRONTENDS.subList(2, FRONTENDS.size())) {
      ApiRequest sent =
          new Received("https://api.example/a")
              .from("192.0.2.1")
              .with(name, value)
              .asSent(frontend);
      assertThat(sent.targetUri()).isEqualTo("https://api.example/a");
      assertThat(sent.peer().certificate()).isEmpty();
    }
  }

  @Property(tries = 300)
  void theNormalSpellingIsNormal(@ForAll String path) {
    NormalUri.of("https://api.example/" + path)
        .ifPresent(normal -> assertThat(NormalUri.of(normal)).contains(normal));
  }

  @Property(tries = 300)
  void anyTextIsANetworkOrNot(@ForAll("values") String text) {
    try {
      assertThat(TrustedProxies.of(text).contains(Received.address("192.0.2.1"))).isIn(true, false);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageContaining("10.0.0.0/8");
    }
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
        "Forwarded",
        "X-Forwarded-Proto",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Prefix",
        "Client-Cert",
        "X-SSL-Client-Cert",
        "X-Forwarded-Client-Cert");
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("hostproforby=;,:\"\\ /%2F.[]019-").ofMaxLength(40),
        Arbitraries.of(
            "host=a",
            "proto=https;host=\"a:1\"",
            "https",
            "/v1",
            "443",
            ":AAAA:",
            "Cert=\"x\"",
            "-----BEGIN CERTIFICATE-----",
            "%",
            "::1",
            "10.0.0.0/8"));
  }

  private static void isGoodOrRefused(Received received) {
    for (Frontend frontend : FRONTENDS) {
      try {
        ApiRequest sent = received.asSent(frontend);
        assertThat(NormalUri.of(sent.targetUri())).isPresent();
        assertThat(sent.targetUri()).matches("https?://[!-~]+");
      } catch (RefusedRequest refusal) {
        assertThat(refusal.problem()).isEqualTo(Problem.INVALID_REQUEST);
        assertThat(refusal.sentence()).matches("[ !#-\\[\\]-~]+");
      }
    }
  }
}
