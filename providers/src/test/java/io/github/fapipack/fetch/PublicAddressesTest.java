package io.github.fapipack.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "::ffff:1.1.1.1",
        "64:ff9b::101:101",
        "2606:4700::1111",
        "2a00:1450::1",
        "3ffe::1"
      })
  void knowsAddressesOfTheInternet(String address) throws Exception {
    assertThat(PublicAddresses.has(InetAddress.getByName(address))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "127.0.0.1",
        "127.255.255.255",
        "2130706433", // 127.0.0.1 as one number
        "127.1",
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.169.254",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:a00:1",
        "::ffff:169.254.169.254",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::101:101",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1"
      })
  void knowsAddressesThatAreNobodysOrOurOwn(String address) throws Exception {
    assertThat(PublicAddresses.has(InetAddress.getByName(address))).isFalse();
  }

  @Test
  void readsNetworks() throws Exception {
    assertThat(Network.list(" 10.1.0.0/16, 127.0.0.1\nfd00::/8 ")).hasSize(3);
    assertThat(Network.list("  ")).isEmpty();
    assertThat(Network.list(null)).isEmpty();
    assertThat(Network.parse("10.1.0.0/15").has(InetAddress.getByName("10.0.255.255"))).isTrue();
    assertThat(Network.parse("10.1.0.0/16").has(InetAddress.getByName("10.0.255.255"))).isFalse();
    assertThat(Network.parse("0.0.0.0/0").has(InetAddress.getByName("::1"))).isFalse();
    assertThat(Network.parse("::1").has(InetAddress.getByName("::1"))).isTrue();
    assertThat(Network.parse("::1").has(InetAddress.getByName("::2"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "::1/129", "/8", "a.b"})
  void refusesWhatIsNoNetwork(String text) {
    assertThatThrownBy(() -> Network.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
