package io.github.fapipack.resourceserver.token;

import io.github.fapipack.resourceserver.fetch.GuardedHttp;
import io.github.fapipack.resourceserver.fetch.IssuerAddress;
import io.github.fapipack.resourceserver.fetch.IssuerMetadata;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * The access tokens of one issuer: JWTs are verified here, and the issuer is asked about others, or
 * about all of them.
 */
public final class IssuedTokens implements AccessTokens {
  private static final Duration LONGEST_EXCHANGE = Duration.ofSeconds(5);
  private static final int LARGEST_ANSWER = 256 * 1024;

  private final AccessTokens jwts;
  private final AccessTokens others;

  private IssuedTokens(AccessTokens jwts, AccessTokens others) {
    this.jwts = jwts;
    this.others = others;
  }

  /**
   * The tokens of that issuer; nothing is fetched yet.
   *
   * @param audiences the tokens must be for one of these
   * @param introspection empty if all its tokens are JWTs
   * @param ssl whom to trust as the issuer, and who we are to it
   * @throws IllegalArgumentException if settings contradict each other
   */
  public static IssuedTokens of(
      IssuerAddress issuer,
      Set<String> audiences,
      JwtSettings jwt,
      Optional<IntrospectionSettings> introspection,
      Optional<SSLContext> ssl,
      Clock clock) {
    jwt.jwks().ifPresent(address -> requireAllowed(issuer, address, "the JWK set"));
    introspection.ifPresent(settings -> requireFitting(issuer, settings, ssl));
    TokenRules rules = new TokenRules(issuer.identifier(), audiences, jwt.futureSkew(), clock);
    GuardedHttp http = new GuardedHttp(ssl, LONGEST_EXCHANGE, LARGEST_ANSWER);
    IssuerMetadata metadata = new IssuerMetadata(issuer, http, jwt.keys(), clock);
    IssuerKeys keys = new IssuerKeys(metadata, http, jwt, clock);
    AccessTokens local = new JwtAccessTokens(jwt, keys, rules, clock);
    if (introspection.isEmpty()) {
      return new IssuedTokens(local, local);
    }
    IntrospectionSettings settings = introspection.get();
    SignedAnswers signed = new SignedAnswers(settings, rules, keys, clock);
    IntrospectionCall call = new IntrospectionCall(settings, metadata, http, signed, clock);
    AccessTokens asked = new IntrospectedTokens(settings, call, rules, clock);
    return new IssuedTokens(settings.allTokens() ? asked : local, asked);
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

  private static void requireFitting(
      IssuerAddress issuer, IntrospectionSettings settings, Optional<SSLContext> ssl) {
    settings.endpoint().ifPresent(endpoint -> requireAllowed(issuer, endpoint, "introspection"));
    if (settings.client() instanceof ClientAuthentication.Certificate && ssl.isEmpty()) {
      throw new IllegalArgumentException(
          "set ssl: introspection with a certificate needs an SSLContext that has it");
    }
  }

  private static void requireAllowed(IssuerAddress issuer, URI address, String what) {
    if (issuer.endpoint(address.toString()).isEmpty()) {
      throw new IllegalArgumentException("the address of " + what + " must be an https address");
    }
  }
}
