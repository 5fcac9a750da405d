package io.github.fapipack.it.apicheck;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Requests that look unusual and have to be answered. */
final class LegalVariations {
  private static final String SCHEME = "Compare authentication schemes without regard to case.";
  private static final String NORMALIZE =
      "Normalise htu as RFC 3986 6.2.2 and 6.2.3 say before you compare it.";

  private LegalVariations() {}

  static List<Attack> all() {
    Stream<Attack> proofs =
        proofs().stream()
            .map(
                attack ->
                    attack.unless(scene -> !scene.usesDpop(), "tokens are bound to certificates"));
    return Stream.concat(messages().stream(), proofs).toList();
  }

  private static List<Attack> messages() {
    return List.of(
        legal("legal-scheme-lower-case", "The scheme in lower case", "RFC9110 11.1", SCHEME)
            .when(draft -> draft.scheme(draft.scheme().toLowerCase(Locale.ROOT))),
        legal(
                "legal-header-case",
                "Names of headers in other case",
                "RFC9110 5.1",
                "Compare names of headers without regard to case.")
            .when(LegalVariations::otherCase),
        legal(
                "legal-unknown-header",
                "A header that nobody knows",
                "RFC9110 5.1",
                "Ignore headers that you do not know.")
            .when(draft -> draft.header("X-Fapi-Resource-Check", "1")),
        legal(
                "legal-interaction-id",
                "An x-fapi-interaction-id",
                "FAPI2-SP 5.3.4",
                "Take x-fapi-interaction-id and send it back.")
            .when(draft -> draft.header("x-fapi-interaction-id", UUID.randomUUID().toString())));
  }

  private static List<Attack> proofs() {
    return List.of(
        legal("legal-htu-host-case", "The host of htu in upper case", "RFC9449 4.3-13", NORMALIZE)
            .when(draft -> draft.proof(p -> p.htu(upperHost(draft.address())))),
        legal("legal-htu-default-port", "The default port in htu", "RFC9449 4.3-13", NORMALIZE)
            .when(draft -> draft.proof(p -> p.htu(withPort(draft.address()))))
            .unless(
                scene -> scene.settings().target().address().getPort() >= 0,
                "the address has a port of its own"),
        legal(
                "legal-clock",
                "A proof that is five seconds old",
                "RFC9449 11.1-1",
                "Accept proofs for some seconds, and clocks that differ a little.")
            .when(draft -> draft.proof(p -> p.iat(Duration.ofSeconds(-5)))),
        legal(
                "legal-clock-ahead",
                "A proof from a clock five seconds ahead",
                "FAPI2-SP 5.3.2.1-13",
                "Accept an iat up to 10 seconds ahead.")
            .when(draft -> draft.proof(p -> p.iat(Duration.ofSeconds(5)))),
        legal(
                "legal-more-claims",
                "A proof with a claim that nobody knows",
                "RFC7519 4",
                "Ignore claims that you do not know.")
            .when(draft -> draft.proof(p -> p.claim("x", "y"))));
  }

  private static void otherCase(Draft draft) {
    draft.tampering(
        headers -> {
          for (String name : List.of("Authorization", "DPoP")) {
            headers.get(name).ifPresent(value -> headers.set(name.toUpperCase(Locale.ROOT), value));
          }
        });
  }

  private static String upperHost(URI address) {
    return htu(address, address.getHost().toUpperCase(Locale.ROOT), address.getPort());
  }

  private static String withPort(URI address) {
    return htu(address, address.getHost(), address.getScheme().equals("https") ? 443 : 80);
  }

  private static String htu(URI address, String host, int port) {
    return address.getScheme() + "://" + host + (port < 0 ? "" : ":" + port) + address.getRawPath();
  }

  private static Attack legal(String id, String title, String clause, String fix) {
    return Attack.of(Topic.LEGAL, id, title, clause, fix, Expected.LEGAL);
  }
}
