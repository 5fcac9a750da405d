package io.github.fapipack.resourceserver.request;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.util.Locale;

/** The one address of this API, whatever a request says. */
final class PublicTarget implements Frontend.TargetSource {
  private final String base;

  /**
   * Under this address.
   *
   * @throws IllegalArgumentException if it is not an http or https address, or has a query
   */
  PublicTarget(URI address) {
    String text = address.toString();
    if (NormalUri.of(text).isEmpty()
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the public address must be one such as https://api.bank.example/v1, without a query");
    }
    String path = address.getRawPath();
    this.base =
        address.getScheme().toLowerCase(Locale.ROOT)
            + "://"
            + address.getRawAuthority()
            + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }

  @Override
  public String of(ApiRequest received, boolean fromProxy) throws RefusedRequest {
    return base + SplitUri.of(received.targetUri()).rest();
  }
}
