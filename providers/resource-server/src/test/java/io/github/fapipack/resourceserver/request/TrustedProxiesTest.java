package io.github.fapipack.resourceserver.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "::1, ::1, true",
    "::1/128, ::2, false",
    "127.0.0.1, ::ffff:127.0.0.1, true",
    "127.0.0.0/8, ::1, false"
  })
  void anAddressIsInANetworkOrNot(String network, String address, boolean inside) {
    assertThat(TrustedProxies.of("198.51.100.0/24", network).contains(Received.address(address)))
        .isEqualTo(inside);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy.example",
        "localhost",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/0",
        "::/0",
        "::/129",
        "10.0.0/8",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "256.0.0.1",
        "fe80::1%eth0",
        "12",
        "0x7f.0.0.1",
        ":::1"
      })
  void whatIsNoNetworkIsRefused(String network) {
    assertThatThrownBy(() -> TrustedProxies.of(network))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noneIsRefused() {
    assertThatThrownBy(TrustedProxies::of).isInstanceOf(IllegalArgumentException.class);
  }
}
