package io.github.fapipack.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of addresses, such as {@code 10.0.0.0/8} (RFC 4632) or {@code fd00::/8} (RFC 4291 2.3).
 *
 * @param first any address in it
 * @param bits the length of the common prefix
 */
record Network(InetAddress first, int bits) {

  /** Not a name, so that nothing is resolved. */
  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  Network {
    if (bits < 0 || bits > first.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("a network has no " + bits + " bits");
    }
  }

  /**
   * Parses a block, or one address.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Network parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      if (LITERAL.matcher(address).matches()) {
        InetAddress first = InetAddress.getByName(address);
        int all = first.getAddress().length * Byte.SIZE;
        return new Network(first, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
      }
    } catch (UnknownHostException | IllegalArgumentException e) {
      // refused below
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not a network; write one like 10.0.0.0/8 or fd00::/8");
  }

  /** Parses blocks that are separated by commas or blanks. */
  static List<Network> list(String text) {
    return text == null || text.isBlank()
        ? List.of()
        : Arrays.stream(text.trim().split("[\\s,]+")).map(Network::parse).toList();
  }

  boolean has(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if (((mine[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
