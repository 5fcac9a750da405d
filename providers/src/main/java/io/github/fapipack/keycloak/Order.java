package io.github.fapipack.keycloak;

/**
 * Which provider Keycloak takes of several that have the same id, or that stand for the same: the
 * one with the highest {@code order()}. Keycloak's own have 0.
 */
public final class Order {

  /** Before Keycloak's own; whoever brings a provider with a higher order wants his own. */
  public static final int BEFORE_KEYCLOAK = 1;

  /** Before whatever comes along with other extensions: without it, rules would not be asked. */
  public static final int BEFORE_OTHERS = 1000;

  private Order() {}
}
