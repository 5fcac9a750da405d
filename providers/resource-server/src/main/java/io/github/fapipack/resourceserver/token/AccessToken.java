package io.github.fapipack.resourceserver.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A token that its issuer vouches for; whether this caller may use it is not said yet.
 *
 * @param subject the user, or the client itself (RFC 9068 2.2)
 * @param audience who may accept it
 * @param confirmation the members of {@code cnf}: {@code jkt} (RFC 9449 6), {@code x5t#S256} (RFC
 *     8705 3.1)
 * @param authorizationDetails the objects of {@code authorization_details} (RFC 9396 9), as parsed
 *     JSON: maps, lists, strings, numbers, booleans, nulls
 * @param claims all claims of the token or of the introspection answer, as parsed JSON
 */
public record AccessToken(
    String issuer,
    String clientId,
    Optional<String> subject,
    Set<String> audience,
    Set<String> scopes,
    Instant expiresAt,
    Map<String, String> confirmation,
    List<Map<String, Object>> authorizationDetails,
    Map<String, Object> claims) {

  public AccessToken {
    audience = Set.copyOf(audience);
    scopes = Set.copyOf(scopes);
    confirmation = Map.copyOf(confirmation);
    authorizationDetails = List.copyOf(authorizationDetails);
  }

  /** A claim that is a text. */
  public Optional<String> text(String claim) {
    return claims.get(claim) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The grant, if the issuer names it ({@code grant_id}, Grant Management). */
  public Optional<String> grantId() {
    return text("grant_id");
  }
}
