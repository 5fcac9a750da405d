package io.github.fapipack.resourceserver.details;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.resourceserver.replay.ReplayStore;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tokens with authorization details, already verified. */
final class Tokens {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T12:00:00Z"), ZoneOffset.UTC);

  private static final ReplayStore NONE =
      (purpose, key, until) -> {
        throw new AssertionError("nothing is used up here");
      };

  private Tokens() {}

  static AccessToken token(Map<String, Object> claims, String... details) {
    return token("client-1", claims, details);
  }

  private static AccessToken token(String clientId, Map<String, Object> claims, String... details) {
    return new AccessToken(
        "https://as.example",
        clientId,
        Optional.of("alice"),
        Set.of("https://api.example"),
        Set.of("payments"),
        CLOCK.instant().plusSeconds(300),
        Map.of(),
        List.of(details).stream().map(Tokens::json).toList(),
        claims);
  }

  /** What a token with these details grants. */
  static GrantedDetails granted(String... details) {
    return granted(NONE, Map.of("jti", "token-1"), details);
  }

  static GrantedDetails granted(ReplayStore store, Map<String, Object> claims, String... details) {
    return new DetailRules(DetailTypes.shipped(), store, DetailRules.KEPT, CLOCK)
        .of(token(claims, details));
  }

  static GrantedDetails ofClient(
      String clientId, ReplayStore store, Map<String, Object> claims, String... details) {
    return new DetailRules(DetailTypes.shipped(), store, DetailRules.KEPT, CLOCK)
        .of(token(clientId, claims, details));
  }

  static Map<String, Object> json(String text) {
    try {
      return new LinkedHashMap<>(JSONObjectUtils.parse(text.replace('\'', '"')));
    } catch (ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
