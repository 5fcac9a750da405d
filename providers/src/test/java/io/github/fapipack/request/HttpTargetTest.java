package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The target of a DPoP proof is compared after normalization (RFC 9449 4.3, RFC 3986 6.2). */
class HttpTargetTest {

  private static final URI REQUEST = URI.create("https://as.example/realms/a~b/token");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example/realms/a~b/token",
        "HTTPS://AS.Example/realms/a~b/token",
        "https://as.example:443/realms/a~b/token",
        "https://as.example:/realms/a~b/token",
        "https://as.example/realms/a%7Eb/token",
        "https://as.example/realms/a%7eb/%74oken",
        "https://as.example/./realms/x/../a~b/token",
        "https://as.example/realms/%2e/a~b/y/%2E%2e/token",
        "https://as.example/../realms/a~b/token",
        "https://as.example/realms/a~b/token?query#fragment"
      })
  void isTheSameHoweverItIsWritten(String target) {
    assertThat(HttpTarget.areSame(URI.create(target), REQUEST)).isTrue();
    assertThat(HttpTarget.areSame(REQUEST, URI.create(target))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://as.example/realms/a~b/token",
        "http://as.example:443/realms/a~b/token",
        "https://as.example:8443/realms/a~b/token",
        "https://as.example@as.example/realms/a~b/token",
        "https://user@as.example/realms/a~b/token",
        "https://as.example./realms/a~b/token",
        "https://other.example/realms/a~b/token",
        "https://as.example/realms/A~b/token",
        "https://as.example/realms/a~b/token/",
        "https://as.example/realms//a~b/token",
        "https://as.example/realms%2Fa~b/token",
        "https://as.example/realms/a~b/token/..",
        "https://as.example/realms/a~b/%2574oken",
        "/realms/a~b/token",
        "https:as.example/realms/a~b/token",
        "urn:as.example:token"
      })
  void isAnotherWithAnotherName(String target) {
    assertThat(HttpTarget.areSame(URI.create(target), REQUEST)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://as.example", "https://as.example/", "https://as.example/a/.."})
  void isTheRootWithoutAPath(String target) {
    assertThat(HttpTarget.areSame(URI.create(target), URI.create("https://as.example/"))).isTrue();
  }
}
