package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.jws.CompactJws;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.token.VerifiedTokens.Verified;
import java.time.Clock;
import java.util.Map;

/**
 * Access tokens that are JWTs (RFC 9068). A token that was verified is remembered by its hash, so
 * that the next request with it costs no verification, until it expires or its key is gone.
 */
final class JwtAccessTokens implements AccessTokens {
  private static final String CLAUSE = "RFC9068 4";

  private final JwtSettings settings;
  private final IssuerKeys keys;
  private final TokenRules rules;
  private final VerifiedTokens verified;

  JwtAccessTokens(JwtSettings settings, IssuerKeys keys, TokenRules rules, Clock clock) {
    this.settings = settings;
    this.keys = keys;
    this.rules = rules;
    this.verified = new VerifiedTokens(settings.memory(), clock);
  }

  @Override
  public AccessToken read(String token) throws RefusedRequest {
    TokenHash hash = TokenHash.of(token);
    Verified seen = verified.getOrNull(hash);
    if (seen != null) {
      if (keys.hold(seen.key())) {
        rules.requireUnexpired(seen.token(), CLAUSE);
        return seen.token();
      }
      verified.forget(hash);
    }
    Verified now = verify(token);
    verified.remember(hash, now);
    return now.token();
  }

  /**
   * The claims are looked at before the signature: a token of another issuer, or for another API,
   * is refused without a fetch of keys.
   */
  private Verified verify(String token) throws RefusedRequest {
    try {
      CompactJws jws = CompactJws.parse(token, PresentedToken.LONGEST, settings.algorithms());
      Map<String, Object> claims = claims(jws);
      if (!rules.issuer().equals(claims.get("iss"))) {
        throw invalid("the access token is of another issuer; get one from the right one");
      }
      AccessToken read = rules.apply(claims, CLAUSE);
      JwsKey key =
          keys.find(jws)
              .orElseThrow(
                  () ->
                      invalid(
                          "the access token is not signed by a key of its issuer; get a new one"));
      if (!key.verifies(jws)) {
        throw invalid("the signature of the access token is wrong; get a new one");
      }
      return new Verified(read, key, token.length());
    } catch (MalformedJws e) {
      throw invalid("the access token " + e.sentence() + "; get a new one");
    }
  }

  private Map<String, Object> claims(CompactJws jws) throws RefusedRequest {
    if (jws.isOfType("at+jwt")) {
      return jws.claims();
    }
    if (!settings.plainJwt() || !jws.isOfType("JWT")) {
      throw invalid("the type of the JWT is not at+jwt; send an access token");
    }
    Map<String, Object> claims = jws.claims();
    Object use = claims.getOrDefault("typ", "Bearer");
    if (!"Bearer".equals(use) && !"DPoP".equals(use)) {
      throw invalid("the JWT is not an access token; send an access token");
    }
    return claims;
  }

  private static RefusedRequest invalid(String sentence) {
    return new RefusedRequest(Problem.INVALID_TOKEN, sentence, CLAUSE);
  }
}
