package io.github.fapipack.ciba;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a client wants to be pinged (CIBA 4). */
final class NotificationEndpoint {

  private NotificationEndpoint() {}

  /** Whether an address is an absolute https URL that holds no credentials. */
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
