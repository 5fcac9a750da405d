package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the claims of each access token have to say, whether they come from the token itself or from
 * introspection.
 *
 * @param issuer who must have issued it
 * @param audiences one of these it must be for
 * @param futureSkew how far {@code iat} and {@code nbf} may be in the future
 */
record TokenRules(String issuer, Set<String> audiences, Duration futureSkew, Clock clock) {
  private static final Set<String> CONFIRMATIONS = Set.of("jkt", "x5t#S256");

  /**
   * The token with these claims, which nobody can change any more.
   *
   * @param clause which clause demands them
   * @throws RefusedRequest if one is missing, has a wrong type, or says that it is not for now or
   *     not for here
   */
  AccessToken apply(Map<String, Object> told, String clause) throws RefusedRequest {
    Map<String, Object> claims = ReadOnlyJson.of(told);
    ClaimReader reader = new ClaimReader(claims, clause);
    Set<String> audience = reader.texts("aud");
    requireAudience(reader, audience);
    Instant expiry = reader.required(reader.time("exp"), "exp");
    requireNow(reader, expiry);
    return new AccessToken(
        issuer,
        reader.required(client(reader), "client_id"),
        reader.text("sub"),
        audience,
        reader.words("scope"),
        expiry,
        reader.object("cnf", CONFIRMATIONS),
        reader.objects("authorization_details"),
        claims);
  }

  /** Refuses a token that has expired since it was read. */
  void requireUnexpired(AccessToken token, String clause) throws RefusedRequest {
    if (!clock.instant().isBefore(token.expiresAt())) {
      throw expired(new ClaimReader(token.claims(), clause));
    }
  }

  /** Keycloak names the client by {@code azp} alone, also in tokens of the type at+jwt. */
  private static Optional<String> client(ClaimReader reader) throws RefusedRequest {
    Optional<String> client = reader.text("client_id");
    return client.isPresent() ? client : reader.text("azp");
  }

  private void requireAudience(ClaimReader reader, Set<String> audience) throws RefusedRequest {
    if (Collections.disjoint(audiences, audience)) {
      throw reader.invalid("the access token is not for this API; get one that has it as audience");
    }
  }

  private void requireNow(ClaimReader reader, Instant expiry) throws RefusedRequest {
    Instant now = clock.instant();
    if (!now.isBefore(expiry)) {
      throw expired(reader);
    }
    Instant latest = now.plus(futureSkew);
    for (String name : new String[] {"iat", "nbf"}) {
      Optional<Instant> time = reader.time(name);
      if (time.isPresent() && time.get().isAfter(latest)) {
        throw reader.invalid("the access token is not valid yet; check the clocks");
      }
    }
  }

  private static RefusedRequest expired(ClaimReader reader) {
    return reader.invalid("the access token has expired; get a new one");
  }
}
