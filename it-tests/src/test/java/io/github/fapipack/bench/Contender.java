package io.github.fapipack.bench;

/** What is compared. */
enum Contender {
  /** A Keycloak without the pack, whose realm has Keycloak's own profile. */
  BUILT_IN("built-in"),
  /** A Keycloak with the pack, and the realm that comes with it. */
  PACK("pack");

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
