package io.github.fapipack.rule;

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

/** Whatever path a stranger asks for is some endpoint, and soon. */
class EndpointGarbageTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  @Property(tries = 2000)
  void everyPathIsSomeEndpoint(@ForAll("paths") String path) {
    Endpoint endpoint = Endpoint.of(path);

    assertThat(endpoint).isNotNull();
    if (endpoint == Endpoint.LOGOUT) {
      assertThat(path).contains("/openid-connect").contains("/logout");
    }
  }

  @Property(tries = 1000)
  void nothingOfARealmIsElsewhere(@ForAll("paths") String path) {
    assertThat(Endpoint.of("/realms/a/" + path)).isNotEqualTo(Endpoint.ELSEWHERE);
    assertThat(Endpoint.of("/admin/realms/" + path)).isNotEqualTo(Endpoint.ELSEWHERE);
  }

  @Test
  void findsTheEndpointOfTheWorstPathsSoon() {
    for (String piece :
        List.of(
            "/",
            "//a",
            "/realms",
            "/realms/a/protocol/",
            "\n",
            "%2f",
            ";",
            ";/",
            "/token/",
            "/realms/a/clients/")) {
      String path = piece.repeat(60_000 / piece.length());
      Assertions.assertTimeout(
          SOON,
          () -> {
            everyPathIsSomeEndpoint(path);
            everyPathIsSomeEndpoint(path + "x");
            everyPathIsSomeEndpoint("/realms/" + path + "/protocol/openid-connect/logout/");
          });
    }
  }

  @Provide
  Arbitrary<String> paths() {
    return Garbage.text(
        "/", "realms", "admin", "a", "..", "protocol/openid-connect", "logout", "token", "\n", "%");
  }
}
