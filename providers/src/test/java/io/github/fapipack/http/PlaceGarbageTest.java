package io.github.fapipack.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.Garbage;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever path a stranger asks for has its place, and soon. */
class PlaceGarbageTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  @Property(tries = 2000)
  void everyPathHasItsPlace(@ForAll("paths") String path) {
    Place place = Place.of(path);

    assertThat(place).isNotNull();
    if (Place.isLogout(path)) {
      assertThat(path).contains("/protocol/openid-connect/logout");
    }
  }

  @Property(tries = 1000)
  void nothingOfARealmIsElsewhere(@ForAll("paths") String path) {
    assertThat(Place.of("/realms/a/" + path)).isNotEqualTo(Place.ELSEWHERE);
    assertThat(Place.of("/admin/realms/" + path)).isNotEqualTo(Place.ELSEWHERE);
  }

  @Test
  void findsThePlaceOfTheWorstPathsSoon() {
    for (String piece : List.of("/", "//a", "/realms", "/realms/a/protocol/", "\n", "%2f", ";")) {
      String path = piece.repeat(60_000 / piece.length());
      Assertions.assertTimeout(
          SOON,
          () -> {
            everyPathHasItsPlace(path);
            everyPathHasItsPlace(path + "x");
            everyPathHasItsPlace("/realms/" + path + "/protocol/openid-connect/logout/");
          });
    }
  }

  @Provide
  Arbitrary<String> paths() {
    return Garbage.text(
        "/", "realms", "admin", "a", "..", "protocol/openid-connect", "logout", "token", "\n", "%");
  }
}
