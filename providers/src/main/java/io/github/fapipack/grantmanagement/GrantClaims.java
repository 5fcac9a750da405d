package io.github.fapipack.grantmanagement;

import java.util.Optional;
import org.keycloak.representations.JsonWebToken;

/** The claims with which a token names its grant. */
public final class GrantClaims {

  /** The claim, and the member of a token response, with the grant's id (Grant Management 5.3). */
  public static final String GRANT_ID = "grant_id";

  /** In refresh tokens of a grant: the id of the provider that created them. */
  public static final String REFRESH_TOKEN_PROVIDER = "fapi2-grant";

  private static final String GENERATION = "grant_generation";

  private GrantClaims() {}

  /** Writes the grant's id and present generation into a token. */
  public static void write(Grant grant, JsonWebToken token) {
    token.setOtherClaims(GRANT_ID, grant.id());
    token.setOtherClaims(GENERATION, grant.generation());
  }

  /**
   * The grant of a token, if it has one. The claim alone is not enough, because a protocol mapper
   * may have set it.
   */
  public static Optional<String> grantId(JsonWebToken token) {
    return token.getOtherClaims().get(GRANT_ID) instanceof String id
            && token.getOtherClaims().containsKey(GENERATION)
        ? Optional.of(id)
        : Optional.empty();
  }

  /** The grant's generation when the token was created. */
  public static int generation(JsonWebToken token) {
    return token.getOtherClaims().get(GENERATION) instanceof Number number ? number.intValue() : 0;
  }
}
