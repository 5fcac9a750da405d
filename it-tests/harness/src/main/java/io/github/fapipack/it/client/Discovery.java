package io.github.fapipack.it.client;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import io.github.fapipack.it.http.HttpExchange;
import java.net.URI;

/** What a server publishes about itself (FAPI2-SP 5.3.2.1-1), parsed and as it was received. */
public record Discovery(OIDCProviderMetadata metadata, HttpExchange exchange) {

  static Discovery of(String issuer, HttpExchange exchange) {
    if (exchange.status() != 200) {
      throw new AssertionError("the answer is " + exchange.status() + "\n" + exchange);
    }
    try {
      OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(exchange.body());
      // FAPI2-SP 5.3.3.1-11: otherwise another server's endpoints could be used by mistake.
      if (!metadata.getIssuer().getValue().equals(issuer)) {
        throw new AssertionError(
            "asked for the metadata of " + issuer + " but got those of " + metadata.getIssuer());
      }
      return new Discovery(metadata, exchange);
    } catch (ParseException e) {
      throw new AssertionError("invalid metadata: " + e.getMessage() + "\n" + exchange, e);
    }
  }

  /**
   * The address of an endpoint such as {@code token_endpoint}.
   *
   * @param mtls whether the connection shows a client certificate, for which the server may have
   *     another address (RFC 8705 section 5)
   */
  public URI endpoint(String name, boolean mtls) {
    String plain = exchange.json().path(name).asText(null);
    String alias = exchange.json().path("mtls_endpoint_aliases").path(name).asText(plain);
    String address = mtls ? alias : plain;
    if (address == null) {
      throw new AssertionError("the metadata names no " + name);
    }
    return URI.create(address);
  }
}
