package io.github.fapipack.authz;

import io.github.fapipack.resourceserver.routes.PeerAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** Networks whose machines may ask, such as {@code 10.1.0.0/16} or {@code ::1}. */
final class Networks {
  private static final String NO_NETWORK = " is no network, such as 10.1.0.0/16";

  private final List<Network> networks;

  private record Network(byte[] prefix, int bits) {
    boolean has(byte[] address) {
      if (address.length != prefix.length) {
        return false;
      }
      for (int i = 0; i < bits; i++) {
        int mask = 0x80 >> i % 8;
        if (((prefix[i / 8] ^ address[i / 8]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  private Networks(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /**
   * Reads networks that are separated by commas.
   *
   * @throws IllegalArgumentException names the one that is none
   */
  static Networks parse(String text) {
    List<Network> networks = new ArrayList<>();
    for (String one : text.split(",")) {
      networks.add(network(one.strip()));
    }
    return new Networks(networks);
  }

  private static Network network(String text) {
    int slash = text.indexOf('/');
    byte[] prefix =
        PeerAddress.parse(slash < 0 ? text : text.substring(0, slash))
            .orElseThrow(() -> new IllegalArgumentException(text + NO_NETWORK))
            .getAddress();
    return new Network(prefix, slash < 0 ? prefix.length * 8 : bits(text, slash, prefix.length));
  }

  private static int bits(String text, int slash, int length) {
    try {
      int bits = Integer.parseInt(text.substring(slash + 1));
      if (bits >= 0 && bits <= length * 8) {
        return bits;
      }
    } catch (NumberFormatException noNumber) {
      // Said below.
    }
    throw new IllegalArgumentException(text + NO_NETWORK);
  }

  boolean have(InetAddress address) {
    byte[] octets = address.getAddress();
    for (Network network : networks) {
      if (network.has(octets)) {
        return true;
      }
    }
    return false;
  }
}
