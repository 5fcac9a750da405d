package io.github.fapipack.fetch;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Distinguishes public internet addresses from those of the server itself, its neighbours and
 * special purposes, according to the registries of RFC 6890.
 */
final class PublicAddresses {

  private static final List<Network> NOT_PUBLIC =
      networks(
          "0.0.0.0/8", // this host
          "10.0.0.0/8",
          "100.64.0.0/10", // behind a carrier's NAT
          "127.0.0.0/8",
          "169.254.0.0/16", // link-local: also a cloud's metadata service
          "168.63.129.16", // a cloud's host
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.0.2.0/24", // documentation, like the next four
          "198.51.100.0/24",
          "203.0.113.0/24",
          "2001:db8::/32",
          "3fff::/20",
          "192.88.99.0/24", // relays
          "192.168.0.0/16",
          "198.18.0.0/15", // benchmarks
          "224.0.0.0/3", // multicast, reserved, broadcast
          "2001::/23", // Teredo and other protocols
          "2002::/16"); // 6to4: holds any IPv4 address

  /** The only part of IPv6 that is allocated for the public; everything else is special. */
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  /** An IPv4 address in the form for hosts without IPv4 (RFC 6052). */
  private static final Network TRANSLATED = Network.parse("64:ff9b::/96");

  private PublicAddresses() {}

  static boolean has(InetAddress address) {
    // Java represents an IPv4-mapped IPv6 address as Inet4Address.
    if (TRANSLATED.has(address)) {
      return has(lastFourBytes(address));
    }
    return (address instanceof Inet4Address || GLOBAL_UNICAST.has(address))
        && NOT_PUBLIC.stream().noneMatch(network -> network.has(address));
  }

  private static InetAddress lastFourBytes(InetAddress address) {
    byte[] bytes = address.getAddress();
    try {
      return InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // thrown only for another length
    }
  }

  private static List<Network> networks(String... texts) {
    return Stream.of(texts).map(Network::parse).toList();
  }
}
