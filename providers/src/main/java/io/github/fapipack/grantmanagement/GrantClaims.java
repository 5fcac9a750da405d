package io.github.fapipack.grantmanagement;

import java.util.Map;
import java.util.Optional;
import org.keycloak.representations.JsonWebToken;

/** The claims with which a token names its grant. */
public final class GrantClaims {

  /** The claim, and the member of a token response, with the grant's id (Grant Management 5.3). */
  public static final String GRANT_ID = "grant_id";

  /** In refresh tokens of a grant: the id of the provider that created them. */
  public static final String REFRESH_TOKEN_PROVIDER = "fapi2-grant";

  /** The consent of the bank, in access tokens and introspection responses. */
  public static final String CONSENT_ID = "consent_id";

  /** Names the grant if the client does not use Grant Management, and so is not told its id. */
  private static final String UNMANAGED = "fapi_grant_id";

  private static final String GENERATION = "grant_generation";

  private GrantClaims() {}

  /** Writes the grant's id and present generation into a token. */
  public static void write(Grant grant, JsonWebToken token) {
    token.setOtherClaims(grant.managed() ? GRANT_ID : UNMANAGED, grant.id());
    token.setOtherClaims(GENERATION, grant.generation());
  }

  /**
   * The grant of a token, if it has one. The claim alone is not enough, because a protocol mapper
   * may have set it.
   */
  public static Optional<String> grantId(JsonWebToken token) {
    Map<String, Object> claims = token.getOtherClaims();
    return claims.containsKey(GENERATION)
            && claims.getOrDefault(UNMANAGED, claims.get(GRANT_ID)) instanceof String id
        ? Optional.of(id)
        : Optional.empty();
  }

  /** Names the grant of a token in an answer about it, by the same claim. */
  public static void copy(JsonWebToken token, JsonWebToken answer) {
    String name = token.getOtherClaims().containsKey(UNMANAGED) ? UNMANAGED : GRANT_ID;
    grantId(token).ifPresent(id -> answer.setOtherClaims(name, id));
  }

  /** The grant's generation when the token was created. */
  public static int generation(JsonWebToken token) {
    return token.getOtherClaims().get(GENERATION) instanceof Number number ? number.intValue() : 0;
  }
}
