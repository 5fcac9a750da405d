package io.github.fapipack.resourceserver.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.Demands;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a path looks like, it never gets the rule of another one. */
class DemandRulesGarbageTest {
  private static final Demands WEAK = Demands.scopes("weak");
  private static final DemandRules RULES =
      DemandRules.none().on("GET /a/**", WEAK).on("GET /a/b", Demands.scopes("strong"));

  @Property(tries = 300)
  void anyTextHasARoute(@ForAll String method, @ForAll String path) {
    assertThat(RULES.of(method, path)).isNotNull();
    assertThat(RULES.of(method, "/" + path)).isNotNull();
  }

  @Property(tries = 2000)
  void whatNormalizesToTheStrongPathNeverGetsTheWeakRule(@ForAll("spellings") String path) {
    Route route = RULES.of("GET", path);

    if (normalized(path).equalsIgnoreCase("/a/b")) {
      assertThat(route).isNotEqualTo(new Route.Guarded(WEAK));
    }
  }

  @Provide
  Arbitrary<String> spellings() {
    return Arbitraries.of(
            "/", "a", "b", "A", "B", ".", "..", ";", ";x", "%2e", "%2E", "%2f", "%61", "%62", "//",
            "/a", "/b", "/a/b", "%25", "%5c", "/.", "/..")
        .list()
        .ofMinSize(1)
        .ofMaxSize(8)
        .map(parts -> "/" + String.join("", parts));
  }

  /** What the most helpful program makes of it. */
  private static String normalized(String path) {
    String decoded = path;
    for (int i = 0; i < 2; i++) {
      decoded =
          decoded
              .replaceAll("(?i)%25", "%")
              .replaceAll("(?i)%2e", ".")
              .replaceAll("(?i)%2f|%5c", "/")
              .replace("%61", "a")
              .replace("%62", "b");
    }
    String plain = decoded.replaceAll(";[^/]*", "");
    return Path.of(plain).normalize().toString();
  }
}
