package io.github.fapipack.jose;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.crypto.Algorithm;

/** The signature algorithms of FAPI 2.0 (FAPI2-SP 5.4.1-1.2). */
public final class Algorithms {

  /** By their JOSE names; {@code EdDSA} with Ed25519 only. */
  public static final List<String> ALLOWED = List.of("PS256", "ES256", "EdDSA");

  /** The name of RFC 9864 for EdDSA with the curve of the same name. */
  public static final String ED25519 = "Ed25519";

  private Algorithms() {}

  /**
   * The name of an algorithm in the rules: EdDSA also for Ed25519 (RFC 9864 2.2), because they
   * allow no other curve for EdDSA.
   */
  public static String known(String name) {
    return ED25519.equals(name) ? Algorithm.EdDSA : name;
  }

  /** Whether two names mean the same algorithm. */
  public static boolean areSame(String one, String other) {
    return one != null && known(one).equals(known(other));
  }

  /** The same algorithms with all names that a client may use for them. */
  public static List<String> named(List<String> algorithms) {
    return algorithms.stream()
        .flatMap(name -> Algorithm.EdDSA.equals(name) ? Stream.of(name, ED25519) : Stream.of(name))
        .toList();
  }
}
