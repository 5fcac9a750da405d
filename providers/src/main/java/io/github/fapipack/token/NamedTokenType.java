package io.github.fapipack.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.util.TokenUtil;

/**
 * The type that a JWT states itself. For a JWT without one, such as an ID token or a signed
 * response, Keycloak assumes the type of the class into which it is parsed, for example that of a
 * refresh token.
 */
public final class NamedTokenType {

  private static final Set<String> REFRESH =
      Set.of(TokenUtil.TOKEN_TYPE_REFRESH, TokenUtil.TOKEN_TYPE_OFFLINE);

  private NamedTokenType() {}

  /** Whether the JWT states that it is a refresh token; empty if it is not a JWT. */
  public static Optional<Boolean> isRefreshToken(String encoded) {
    try {
      JsonNode claims = new JWSInput(encoded).readJsonContent(JsonNode.class);
      return Optional.of(claims != null && REFRESH.contains(claims.path("typ").asText()));
    } catch (JWSInputException e) {
      return Optional.empty();
    }
  }
}
