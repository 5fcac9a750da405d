package io.github.fapipack.it.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class CookieJarTest {
  private final CookieJar jar = new CookieJar();

  @Test
  void sendsACookieOnlyBelowItsPath() {
    receive("A=1;Path=/realms/one/;Secure;HttpOnly");

    assertThat(sentTo("/realms/one/protocol")).isEqualTo("A=1");
    assertThat(sentTo("/realms/two/protocol")).isNull();
  }

  @Test
  void replacesAndForgets() {
    receive("A=1;Path=/");
    receive("A=2==;path=/;SameSite=None");
    assertThat(sentTo("/")).isEqualTo("A=2==");

    receive("A=;Path=/;Max-Age=0");
    assertThat(sentTo("/")).isNull();
  }

  @Test
  void sendsSeveralInOneHeader() {
    receive("A=1;Path=/");
    receive("B=2");

    assertThat(sentTo("/x")).isEqualTo("A=1; B=2");
  }

  private void receive(String cookie) {
    NamedValues headers = new NamedValues().add("set-cookie", cookie);
    URI uri = URI.create("https://as.example.org/");
    jar.store(new HttpExchange("GET", uri, new NamedValues(), "", false, 200, headers, ""));
  }

  private String sentTo(String path) {
    NamedValues headers = new NamedValues();
    jar.addTo(headers, URI.create("https://as.example.org" + path));
    return headers.get("Cookie").orElse(null);
  }
}
