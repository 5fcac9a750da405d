package io.github.fapipack.ciba;

import java.net.URI;
import java.net.URISyntaxException;

/** The address to which a client's pings are sent (CIBA 4). */
final class NotificationEndpoint {

  private NotificationEndpoint() {}

  /** Whether an address is an absolute https URL without credentials. */
  static boolean isSecure(String address) {
    if (address == null) {
      return false;
    }
    try {
      URI uri = new URI(address);
      return "https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
