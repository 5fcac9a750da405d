package io.github.fapipack.rar;

/** The pack's own types, for tests of other packages. */
public final class ShippedTypesForTests {
  private ShippedTypesForTests() {}

  public static AuthorizationDetailsType type(String id) {
    return ShippedTypes.all().get(id);
  }
}
