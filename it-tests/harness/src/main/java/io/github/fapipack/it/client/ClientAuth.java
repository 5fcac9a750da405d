package io.github.fapipack.it.client;

import io.github.fapipack.it.http.NamedValues;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** How a client authenticates; the names are those of OAuth's registry. */
public enum ClientAuth {
  /** A signed assertion. */
  PRIVATE_KEY_JWT,
  /** The subject of a certificate that an authority has signed. */
  TLS_CLIENT_AUTH,
  /** A certificate that the client has registered. */
  SELF_SIGNED_TLS_CLIENT_AUTH,
  /** A password in the Authorization header, which FAPI forbids. */
  CLIENT_SECRET_BASIC,
  /** A password in the form, which FAPI forbids. */
  CLIENT_SECRET_POST,
  /** An assertion signed with a shared secret, which FAPI forbids. */
  CLIENT_SECRET_JWT,
  /** A public client, which FAPI forbids. */
  NONE;

  /** Reads a registered name such as {@code private_key_jwt}. */
  public static ClientAuth of(String name) {
    return Arrays.stream(values())
        .filter(method -> method.toString().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown client authentication: " + name));
  }

  /** Whether the TLS connection needs a client certificate. */
  public boolean needsCertificate() {
    return this == TLS_CLIENT_AUTH || this == SELF_SIGNED_TLS_CLIENT_AUTH;
  }

  /** Whether it is a JWT that the client signs. */
  public boolean needsAssertion() {
    return this == PRIVATE_KEY_JWT || this == CLIENT_SECRET_JWT;
  }

  /** Adds a password to a request, if that is the method. */
  void addSecret(String clientId, String secret, NamedValues form, NamedValues headers) {
    if (this == CLIENT_SECRET_POST) {
      form.set("client_secret", secret);
    } else if (this == CLIENT_SECRET_BASIC) {
      byte[] pair = (clientId + ":" + secret).getBytes(StandardCharsets.UTF_8);
      headers.set("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
