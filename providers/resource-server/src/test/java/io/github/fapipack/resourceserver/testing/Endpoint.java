package io.github.fapipack.resourceserver.testing;

/** What a {@link TestIssuer} serves. */
public enum Endpoint {
  METADATA,
  JWKS,
  INTROSPECTION
}
