package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.fetch.GuardedHttp;
import io.github.fapipack.resourceserver.fetch.IssuerMetadata;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * The access tokens of one issuer: JWTs are verified here, and the issuer is asked about others, or
 * about all of them.
 */
public final class IssuedTokens implements AccessTokens {
  private final AccessTokens jwts;
  private final AccessTokens others;

  /**
   * The tokens of that issuer; nothing is fetched yet.
   *
   * @param audiences the tokens must be for one of these
   * @param introspection empty if all its tokens are JWTs
   */
  public IssuedTokens(
      IssuerMetadata metadata,
      GuardedHttp http,
      Set<String> audiences,
      JwtSettings jwt,
      Optional<IntrospectionSettings> introspection,
      Clock clock) {
    TokenRules rules =
        new TokenRules(metadata.issuer().identifier(), audiences, jwt.futureSkew(), clock);
    IssuerKeys keys = new IssuerKeys(metadata, http, jwt, clock);
    AccessTokens local = new JwtAccessTokens(jwt, keys, rules, clock);
    others =
        introspection
            .<AccessTokens>map(
                settings ->
                    new IntrospectedTokens(
                        settings,
                        new IntrospectionCall(
                            settings,
                            metadata,
                            http,
                            new SignedAnswers(settings, rules, keys, clock),
                            clock),
                        rules,
                        clock))
            .orElse(local);
    jwts = introspection.filter(IntrospectionSettings::allTokens).isPresent() ? others : local;
  }

  @Override
  public AccessToken read(String token) throws RefusedRequest {
    return isJws(token) ? jwts.read(token) : others.read(token);
  }

  private static boolean isJws(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first > 0 && second > 0 && token.indexOf('.', second + 1) < 0;
  }
}
