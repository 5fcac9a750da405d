package io.github.fapipack.rar;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pack's own types, for tests of other packages. */
public final class ShippedTypesForTests {
  private ShippedTypesForTests() {}

  public static AuthorizationDetailsTypes all() {
    return AuthorizationDetailsTypes.read(
        "realm", Map.of(), new TypeFolder.Content(Map.of(), Set.of(), List.of()));
  }

  public static AuthorizationDetailsType type(String id) {
    return ShippedTypes.all().get(id);
  }
}
