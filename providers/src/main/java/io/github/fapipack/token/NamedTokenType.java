package io.github.fapipack.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.util.TokenUtil;

/**
 * The type that a JWT names itself. A JWT without any, as ID tokens and signed responses are, has
 * for Keycloak the type of whatever class it is read into: that of a refresh token, say.
 */
public final class NamedTokenType {

  private static final Set<String> REFRESH =
      Set.of(TokenUtil.TOKEN_TYPE_REFRESH, TokenUtil.TOKEN_TYPE_OFFLINE);

  private NamedTokenType() {}

  /** Whether it says that it is a refresh token; empty if it is no JWT at all. */
  public static Optional<Boolean> isRefreshToken(String encoded) {
    try {
      JsonNode claims = new JWSInput(encoded).readJsonContent(JsonNode.class);
      return Optional.of(claims != null && REFRESH.contains(claims.path("typ").asText()));
    } catch (JWSInputException e) {
      return Optional.empty();
    }
  }
}
