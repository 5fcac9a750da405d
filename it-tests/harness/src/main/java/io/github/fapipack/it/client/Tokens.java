package io.github.fapipack.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import java.util.Map;

/**
 * A successful token response.
 *
 * @param refreshToken null if there is none
 * @param idToken null if there is none
 * @param expiresIn the access token's life in seconds
 */
public record Tokens(
    String accessToken,
    String tokenType,
    long expiresIn,
    String refreshToken,
    String idToken,
    HttpExchange exchange) {

  public static Tokens of(HttpExchange exchange) {
    try {
      OIDCTokens tokens =
          OIDCTokenResponse.parse(exchange.expectStatus(200).toSdk()).getOIDCTokens();
      return new Tokens(
          tokens.getAccessToken().getValue(),
          tokens.getAccessToken().getType().getValue(),
          tokens.getAccessToken().getLifetime(),
          tokens.getRefreshToken() == null ? null : tokens.getRefreshToken().getValue(),
          tokens.getIDTokenString(),
          exchange);
    } catch (ParseException e) {
      throw new AssertionError("invalid answer: " + e.getMessage() + "\n" + exchange, e);
    }
  }

  /** The scope that was granted, or null if the answer does not say. */
  public String scope() {
    return exchange.json().path("scope").asText(null);
  }

  /** The access token's claims, unverified; for tests only, because clients must not read them. */
  public Map<String, Object> accessClaims() {
    return claims(accessToken).toJSONObject();
  }

  /** The access token's claims, as JSON. */
  public JsonNode accessJson() {
    return Json.parse(Base64URL.from(accessToken.split("\\.")[1]).decodeToString());
  }

  /** The access token's header, unverified. */
  public Map<String, Object> accessHeader() {
    return jwt(accessToken).getHeader().toJSONObject();
  }

  /** The ID token's claims, unverified; {@link FapiClient#verifiedIdToken} verifies them. */
  public Map<String, Object> idClaims() {
    return claims(idToken).toJSONObject();
  }

  /** The ID token's header, unverified. */
  public Map<String, Object> idHeader() {
    return jwt(idToken).getHeader().toJSONObject();
  }

  /**
   * What the access token is bound by: the value of {@code cnf.jkt} or {@code cnf.x5t#S256}.
   *
   * @param member {@code jkt} or {@code x5t#S256}
   * @return null if the token is not bound that way
   */
  public String confirmation(String member) {
    return accessClaims().get("cnf") instanceof Map<?, ?> cnf ? (String) cnf.get(member) : null;
  }

  private static JWTClaimsSet claims(String token) {
    try {
      return jwt(token).getJWTClaimsSet();
    } catch (java.text.ParseException e) {
      throw new AssertionError("not a JWT with claims: " + token, e);
    }
  }

  private static SignedJWT jwt(String token) {
    try {
      return SignedJWT.parse(token);
    } catch (java.text.ParseException e) {
      throw new AssertionError("not a signed JWT: " + token, e);
    }
  }
}
