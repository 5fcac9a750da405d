package io.github.fapipack.resourceserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontendTest {
  private static final String INNER = "http://10.0.0.5:8080/accounts?page=2";

  private final Frontend direct = Frontend.direct();
  private final Frontend fixed = Frontend.publicAddress(URI.create("https://api.example/v1/"));
  private final Frontend proxied = Frontend.direct().behind(Received.PROXIES);

  @Test
  void withoutProxyTheRequestIsAsReceived() throws Exception {
    Received received =
        new Received("https://api.example/a?b=%20")
            .with("Forwarded", "host=evil.example;proto=https")
            .with("X-Forwarded-Host", "evil.example");
    assertThat(received.uri(direct)).isEqualTo("https://api.example/a?b=%20");
  }

  @Test
  void thePublicAddressIsTheSameWhateverIsSent() throws Exception {
    Received received =
        new Received("http://evil.example/accounts?page=2")
            .with("Host", "evil.example")
            .with("Forwarded", "host=evil.example")
            .with("X-Forwarded-Host", "evil.example")
            .with("X-Forwarded-Prefix", "/evil");
    assertThat(received.uri(fixed)).isEqualTo("https://api.example/v1/accounts?page=2");
    assertThat(received.uri(fixed.behind(Received.PROXIES)))
        .isEqualTo("https://api.example/v1/accounts?page=2");
    assertThat(new Received("http://x?y").uri(fixed)).isEqualTo("https://api.example/v1/?y");
    assertThat(new Received("http://x").uri(fixed)).isEqualTo("https://api.example/v1/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api.example",
        "/v1",
        "ftp://api.example",
        "https://api.example/?a",
        "https://api.example/#a",
        "https://user@api.example",
        "https:///v1",
        "mailto:a@b.example"
      })
  void anotherPublicAddressIsRefused(String address) {
    assertThatThrownBy(() -> Frontend.publicAddress(URI.create(address)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aProxyTellsSchemeHostPortAndPrefix() throws Exception {
    assertThat(
            new Received(INNER)
                .with("X-Forwarded-Proto", "https")
                .with("x-forwarded-host", "api.example")
                .with("X-Forwarded-Port", "8443")
                .with("X-Forwarded-Prefix", "/v1/")
                .uri(proxied))
        .isEqualTo("https://api.example:8443/v1/accounts?page=2");
    assertThat(new Received(INNER).with("X-Forwarded-Proto", "https").uri(proxied))
        .isEqualTo("https://10.0.0.5:8080/accounts?page=2");
    assertThat(new Received("http://api.example/a").with("X-Forwarded-Port", "8443").uri(proxied))
        .isEqualTo("http://api.example:8443/a");
    assertThat(new Received(INNER).uri(proxied)).isEqualTo(INNER);
  }

  @Test
  void theLastHopOfForwardedCounts() throws Exception {
    assertThat(
            new Received(INNER)
                .with("Forwarded", "for=192.0.2.1;host=evil.example;proto=http")
                .with(
                    "Forwarded",
                    "For=\"[2001:db8::1]:4711\"; Proto=https;host=\"api.example:8443\"")
                .uri(proxied))
        .isEqualTo("https://api.example:8443/accounts?page=2");
    assertThat(new Received(INNER).with("Forwarded", "host=evil.example, proto=https").uri(proxied))
        .isEqualTo("https://10.0.0.5:8080/accounts?page=2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "11.0.0.1", "::2", "2001:db8::a00:1"})
  void nobodyElseTellsAnything(String address) throws Exception {
    Received received =
        new Received(INNER)
            .from(address)
            .with("Forwarded", "host=evil.example")
            .with("X-Forwarded-Host", "evil.example")
            .with("X-Forwarded-Host", "evil.example");
    assertThat(received.uri(proxied)).isEqualTo(INNER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-Forwarded-Host|evil.example, api.example",
        "X-Forwarded-Host|a b",
        "X-Forwarded-Host|user@api.example",
        "X-Forwarded-Host|api.example/path",
        "X-Forwarded-Host|api.example:99999",
        "X-Forwarded-Host|[::1",
        "X-Forwarded-Proto|https,http",
        "X-Forwarded-Proto|HTTPS",
        "X-Forwarded-Proto|javascript",
        "X-Forwarded-Port|0",
        "X-Forwarded-Port|-1",
        "X-Forwarded-Port|443x",
        "X-Forwarded-Port|443",
        "X-Forwarded-Prefix|v1",
        "X-Forwarded-Prefix|//evil.example",
        "X-Forwarded-Prefix|/v1?x",
        "X-Forwarded-Prefix|/v1#x",
        "X-Forwarded-Prefix|/%zz",
        "Forwarded|host=",
        "Forwarded|host",
        "Forwarded|host=a b",
        "Forwarded|host=\"api.example",
        "Forwarded|host=api.example:443",
        "Forwarded|host=a;host=b",
        "Forwarded|proto=ftp",
        "Forwarded|host=\"api.example/x\"",
        "Forwarded|=x"
      })
  void whatIsMalformedOrContradictsIsRefused(String name, String value) {
    new Received(INNER).with(name, value).isMalformed(proxied);
  }

  @Test
  void twoFieldsAreRefusedSinceOneMayBeTheCallers() {
    for (String name : new String[] {"Host", "Proto", "Port", "Prefix"}) {
      new Received(INNER)
          .with("X-Forwarded-" + name, "8080")
          .with("x-forwarded-" + name, "8080")
          .isMalformed(proxied);
    }
    new Received(INNER)
        .with("X-Forwarded-Host", "api.example")
        .with("Forwarded", "host=evil.example")
        .isMalformed(proxied);
  }

  @Test
  void longFieldsAreRefused() {
    new Received(INNER).with("X-Forwarded-Host", "a".repeat(2_049)).isMalformed(proxied);
    new Received(INNER).with("Forwarded", "for=" + "a".repeat(4_100)).isMalformed(proxied);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/accounts",
        "",
        "https://",
        "https:///a",
        "ftp://api.example/",
        "https://api.example/a b",
        "https://api.example/a#b",
        "https://api.example/a\\b",
        "https://api.example/a?\"",
        "https://api.example/%",
        "https://user@api.example/",
        "https://api.example:x/",
        "https://api.ex\u00e4mple/",
        "https://api.example/\u0000",
        "https://api.example/<a>"
      })
  void aMalformedAddressIsRefused(String uri) {
    new Received(uri).isMalformed(direct);
    new Received("https://api.example/" + "a".repeat(9_000)).isMalformed(direct);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET ", "G\u00c9T", "GET\r\nX: y", "GE(T"})
  void aMalformedMethodIsRefused(String method) throws Exception {
    new Received(INNER).method(method).isMalformed(direct);
    new Received(INNER).method("A".repeat(33)).isMalformed(direct);
    assertThat(new Received(INNER).method("PATCH").asSent(direct).method()).isEqualTo("PATCH");
  }
}
