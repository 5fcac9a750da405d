package io.github.fapipack.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is compared. */
enum Contender {
  /** A Keycloak without the pack, whose realm has Keycloak's own profile. */
  BUILT_IN,
  /** The same with sessions in memory alone. */
  BUILT_IN_MEMORY,
  /** A Keycloak with the pack, and the realm that comes with it. */
  PACK,
  /** The same with signatures by a native library. */
  PACK_NATIVE,
  /** The same with sessions in memory alone. */
  PACK_NATIVE_MEMORY,
  /** node-oidc-provider, which has everything in memory, with JWTs as access tokens. */
  PEER,
  /** The same with access tokens that are not signed, its quickest way. */
  PEER_OPAQUE;

  /** As tables, files and settings call it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Contender of(String title) {
    return valueOf(title.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  boolean hasPack() {
    return this == PACK || this == PACK_NATIVE || this == PACK_NATIVE_MEMORY;
  }

  boolean isPeer() {
    return this == PEER || this == PEER_OPAQUE;
  }

  /** Whether it can do that: the peer neither introspects JWTs nor takes them for userinfo. */
  boolean offers(Operation operation) {
    return this != PEER || operation.needsNoOwnToken();
  }

  /** JARs in addition to the pack's. */
  List<Path> jars() {
    return this == PACK_NATIVE || this == PACK_NATIVE_MEMORY ? List.of(nativeCrypto()) : List.of();
  }

  /** Options of Keycloak's build, which any operator may choose. */
  String[] buildOptions() {
    return this == BUILT_IN_MEMORY || this == PACK_NATIVE_MEMORY
        ? new String[] {"--features-disabled=persistent-user-sessions"}
        : new String[0];
  }

  private static Path nativeCrypto() {
    try {
      return Path.of(
          AmazonCorrettoCryptoProvider.class
              .getProtectionDomain()
              .getCodeSource()
              .getLocation()
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
