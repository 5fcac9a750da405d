package io.github.fapipack.security;

import java.util.List;

/** The signature algorithms of FAPI 2.0 (FAPI2-SP 5.4.1-1.2). */
public final class Algorithms {

  /** By their JOSE names; {@code EdDSA} with Ed25519 only. */
  public static final List<String> ALLOWED = List.of("PS256", "ES256", "EdDSA");

  private Algorithms() {}
}
