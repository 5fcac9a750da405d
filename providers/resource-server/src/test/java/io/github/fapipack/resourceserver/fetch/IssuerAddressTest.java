package io.github.fapipack.resourceserver.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerAddressTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://as.example",
        "https://as.example/realms/bank",
        "https://as.example:8443/",
        "http://127.0.0.1:8080/realms/bank",
        "http://localhost:8080",
        "http://[::1]:8080/"
      })
  void isHttpsOrForTests(String identifier) {
    assertThat(IssuerAddress.of(identifier).identifier()).isEqualTo(identifier);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "as.example",
        "http://as.example",
        "http://127.0.0.1.as.example/",
        "http://localhost.example/",
        "https:///bank",
        "https://user@as.example/",
        "https://as.example/?tenant=1",
        "https://as.example/#bank",
        "file:///etc/passwd",
        "https://as.example/a b"
      })
  void isNothingElse(String identifier) {
    assertThatThrownBy(() -> IssuerAddress.of(identifier))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https");
  }

  @Test
  void hasItsMetadataInTwoPlaces() {
    IssuerAddress issuer = IssuerAddress.of("https://as.example/realms/bank");

    assertThat(issuer.authorizationServerMetadata())
        .hasToString("https://as.example/.well-known/oauth-authorization-server/realms/bank");
    assertThat(issuer.openidConfiguration())
        .hasToString("https://as.example/realms/bank/.well-known/openid-configuration");
  }

  @Test
  void hasItsMetadataAtTheRootIfItHasNoPath() {
    IssuerAddress issuer = IssuerAddress.of("https://as.example/");

    assertThat(issuer.authorizationServerMetadata())
        .hasToString("https://as.example/.well-known/oauth-authorization-server");
    assertThat(issuer.openidConfiguration())
        .hasToString("https://as.example/.well-known/openid-configuration");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://as.example/jwks",
        "http://127.0.0.1/jwks",
        "ftp://as.example/",
        "jwks",
        "https://as.example/jwks#x",
        "https://a:b@as.example/jwks"
      })
  void mayNameOnlyHttpsAddresses(String address) {
    assertThat(IssuerAddress.of("https://as.example").endpoint(address)).isEmpty();
  }

  @Test
  void mayNameAnHttpsAddressOfAnotherHost() {
    assertThat(IssuerAddress.of("https://as.example").endpoint("https://keys.example/jwks"))
        .isPresent();
  }

  @Test
  void mayNameLoopbackAddressesIfItIsThereItself() {
    IssuerAddress issuer = IssuerAddress.of("http://127.0.0.1:1");

    assertThat(issuer.endpoint("http://127.0.0.1:2/jwks")).isPresent();
    assertThat(issuer.endpoint("http://10.0.0.1/jwks")).isEmpty();
  }

  @Test
  void doesNotTakeOtherTypesThanTexts() {
    assertThat(IssuerAddress.of("https://as.example").endpoint(17)).isEmpty();
    assertThat(IssuerAddress.of("https://as.example").endpoint(null)).isEmpty();
  }
}
