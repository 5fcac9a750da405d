package io.github.fapipack.resourceserver.request;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The networks of the proxies in front of this API, whose word about a request counts. */
public final class TrustedProxies {
  private static final int V4_BYTES = 4;

  private final List<Network> networks;

  private record Network(byte[] address, int bits) {
    boolean contains(byte[] other) {
      if (other.length != address.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> bit % 8;
        if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /**
   * These networks.
   *
   * @param networks addresses, or networks as {@code 10.0.0.0/8} and {@code fd00::/8}; no names
   * @throws IllegalArgumentException if there is none, or one that is neither; and for all of the
   *     internet, which nobody means to trust
   */
  public static TrustedProxies of(String... networks) {
    if (networks.length == 0) {
      throw new IllegalArgumentException("name the networks of the proxies, such as 10.0.0.0/8");
    }
    List<Network> parsed = new ArrayList<>();
    for (String network : networks) {
      parsed.add(parse(network));
    }
    return new TrustedProxies(parsed);
  }

  /** Whether this address is in one of the networks. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Network network : networks) {
      if (network.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  private static Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    int most = address.length * Byte.SIZE;
    int bits = slash < 0 ? most : bits(text.substring(slash + 1));
    if (bits < 1 || bits > most) {
      throw notANetwork();
    }
    return new Network(address, bits);
  }

  /** The characters are checked first, so that no name server is ever asked. */
  private static byte[] address(String text) {
    boolean isV6 = text.indexOf(':') >= 0;
    int dots = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      dots += c == '.' ? 1 : 0;
      boolean digit = c < 0x80 && Character.digit(c, isV6 ? 16 : 10) >= 0;
      if (!digit && c != '.' && !(isV6 && c == ':')) {
        throw notANetwork();
      }
    }
    if (!isV6 && dots != V4_BYTES - 1) {
      throw notANetwork();
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException malformed) {
      throw notANetwork();
    }
  }

  private static int bits(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      throw notANetwork();
    }
  }

  private static IllegalArgumentException notANetwork() {
    return new IllegalArgumentException(
        "a trusted network is an address or a network such as 10.0.0.0/8 or fd00::/8");
  }
}
