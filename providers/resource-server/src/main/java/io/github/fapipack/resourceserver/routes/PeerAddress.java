package io.github.fapipack.resourceserver.routes;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** The address of the other end of a connection, from the text that a framework has of it. */
public final class PeerAddress {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";

  /** Java asks a name server for what is no address, but never if there is a colon in it. */
  private static final Pattern LITERAL =
      Pattern.compile(
          OCTET + "(?:\\." + OCTET + "){3}|\\[?[0-9a-fA-F.]*:[0-9a-fA-F:.]*(?:%\\w+)?]?");

  /** Of no network, and so of nobody who is trusted. */
  private static final InetAddress UNKNOWN = unknown();

  private PeerAddress() {}

  /** The address; one that nobody has if the text is no address. Asks no name server. */
  public static InetAddress of(String textOrNull) {
    if (textOrNull == null || !LITERAL.matcher(textOrNull).matches()) {
      return UNKNOWN;
    }
    try {
      return InetAddress.getByName(textOrNull);
    } catch (UnknownHostException malformed) {
      return UNKNOWN;
    }
  }

  private static InetAddress unknown() {
    try {
      return InetAddress.getByAddress(new byte[4]);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
