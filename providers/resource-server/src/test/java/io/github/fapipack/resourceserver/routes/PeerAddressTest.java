package io.github.fapipack.resourceserver.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of peers, as containers tell them. */
class PeerAddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "10.1.2.3, 10.1.2.3",
    "::1, 0:0:0:0:0:0:0:1",
    "[fd00::2], fd00:0:0:0:0:0:0:2",
    "::ffff:10.0.0.1, 10.0.0.1"
  })
  void anAddressIsRead(String text, String address) {
    assertThat(PeerAddress.of(text).getHostAddress()).isEqualTo(address);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "localhost", "a.b", "beef", "10.0.0.256", "1.2.3.4.5", ":::", "/x"})
  void whatIsNoAddressIsNobodys(String text) {
    assertThat(PeerAddress.of(text).isAnyLocalAddress()).isTrue();
  }

  @Property(tries = 300)
  void noTextIsLookedUp(@ForAll String text) {
    InetAddress address = PeerAddress.of(text);

    assertThat(address.toString()).startsWith("/");
  }
}
