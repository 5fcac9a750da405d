package io.github.fapipack.bench;

import io.github.fapipack.it.testing.NativeCryptoJar;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is compared. */
enum Contender {
  /** A Keycloak without the pack, whose realm has Keycloak's own profile. */
  BUILT_IN,
  /** The same with the settings of {@link #PACK_TUNED} that do not need the pack. */
  BUILT_IN_TUNED,
  /** A Keycloak with the pack, and the realm that comes with it. */
  PACK,
  /** The same with signatures by a native library. */
  PACK_NATIVE,
  /** The same with the settings of the JVM and of Netty that docker/PRODUCTION.md recommends. */
  PACK_TUNED,
  /** The same as a single node whose sessions are in memory alone, as the peer's. */
  PACK_MEMORY,
  /** node-oidc-provider, which has everything in memory, with JWTs as access tokens. */
  PEER,
  /** The same with access tokens that are not signed, its quickest way. */
  PEER_OPAQUE;

  private static final List<String> TUNED =
      List.of(
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:-UseG1GC",
          "-XX:+UseParallelGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UseTransparentHugePages",
          "-Dquarkus.vertx.prefer-native-transport=true");

  /** As tables, files and settings call it. */
  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Contender of(String title) {
    return valueOf(title.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  boolean hasPack() {
    return this == PACK || hasNativeCrypto();
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
    return hasNativeCrypto() ? List.of(NativeCryptoJar.path()) : List.of();
  }

  /** Options of Keycloak's build, which any operator may choose. */
  String[] buildOptions() {
    return this == PACK_MEMORY
        ? new String[] {"--features-disabled=persistent-user-sessions", "--cache=local"}
        : new String[0];
  }

  /** Options of the JVM; one that does not know an option ignores it. */
  List<String> jvmOptions() {
    return this == BUILT_IN_TUNED || this == PACK_TUNED || this == PACK_MEMORY ? TUNED : List.of();
  }

  private boolean hasNativeCrypto() {
    return this == PACK_NATIVE || this == PACK_TUNED || this == PACK_MEMORY;
  }
}
