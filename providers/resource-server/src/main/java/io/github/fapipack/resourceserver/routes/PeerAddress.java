package io.github.fapipack.resourceserver.routes;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The address of the other end of a connection, from the text that a framework has of it. */
public final class PeerAddress {
  /** Of no network, and so of nobody who is trusted. */
  private static final InetAddress UNKNOWN = unknown();

  private PeerAddress() {}

  /** The address; one that nobody has if the text is no address. Asks no name server. */
  public static InetAddress of(String textOrNull) {
    if (textOrNull == null || !isLiteral(textOrNull)) {
      return UNKNOWN;
    }
    try {
      return InetAddress.getByName(textOrNull);
    } catch (UnknownHostException malformed) {
      return UNKNOWN;
    }
  }

  private static boolean isLiteral(String text) {
    boolean separated = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      separated |= c == '.' || c == ':';
      if (c == '%') {
        // What follows is the zone of an IPv6 address.
        return text.indexOf(':') >= 0;
      }
      if (c != '.' && c != ':' && c != '[' && c != ']' && Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return separated && (text.indexOf(':') >= 0 || isNumeric(text));
  }

  private static boolean isNumeric(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress unknown() {
    try {
      return InetAddress.getByAddress(new byte[4]);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
