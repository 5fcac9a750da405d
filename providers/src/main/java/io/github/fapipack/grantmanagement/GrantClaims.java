package io.github.fapipack.grantmanagement;

import java.util.Optional;
import org.keycloak.representations.JsonWebToken;

/** The claims by which a token names the grant behind it. */
public final class GrantClaims {

  /** The claim, and the member of a token response, with the grant's id (Grant Management 5.3). */
  public static final String GRANT_ID = "grant_id";

  /** In refresh tokens of a grant, the id of what has made them. */
  public static final String REFRESH_TOKEN_PROVIDER = "fapi2-grant";

  private static final String GENERATION = "grant_generation";

  private GrantClaims() {}

  /** Names the grant, as it is now, in a token. */
  public static void write(Grant grant, JsonWebToken token) {
    token.setOtherClaims(GRANT_ID, grant.id());
    token.setOtherClaims(GENERATION, grant.generation());
  }

  /**
   * The grant behind a token, if there is one. A claim of that name alone may be somebody's
   * protocol mapper.
   */
  public static Optional<String> grantId(JsonWebToken token) {
    return token.getOtherClaims().get(GRANT_ID) instanceof String id
            && token.getOtherClaims().containsKey(GENERATION)
        ? Optional.of(id)
        : Optional.empty();
  }

  /** The grant's generation when the token was made. */
  public static int generation(JsonWebToken token) {
    return token.getOtherClaims().get(GENERATION) instanceof Number number ? number.intValue() : 0;
  }
}
