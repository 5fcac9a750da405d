package io.github.fapipack.resourceserver.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.github.fapipack.resourceserver.fetch.IssuerAddress;
import io.github.fapipack.resourceserver.refusal.Problem;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import io.github.fapipack.resourceserver.testing.TestClock;
import io.github.fapipack.resourceserver.testing.TestIssuer;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** An issuer, an API that reads its tokens, and the clock of both. */
final class TokenWorld implements AutoCloseable {
  static final String API = "https://api.example";
  static final JWK API_KEY = TestIssuer.newKey();

  final TestClock clock = new TestClock();
  final TestIssuer issuer = TestIssuer.start(API, clock);

  /** Reads JWTs alone. */
  AccessTokens jwts() {
    return jwts(JwtSettings.defaults());
  }

  AccessTokens jwts(JwtSettings settings) {
    return tokens(settings, null);
  }

  /** Asks about other tokens, as the client {@code api}. */
  AccessTokens introspecting(IntrospectionSettings settings) {
    return tokens(JwtSettings.defaults(), settings);
  }

  /** Asks about all other tokens, with the certificate that the Java platform has: none. */
  AccessTokens overTls(ClientAuthentication.Certificate client) {
    return tokens(JwtSettings.defaults(), IntrospectionSettings.by(client));
  }

  static IntrospectionSettings introspection() {
    return IntrospectionSettings.by(new ClientAuthentication.PrivateKeyJwt("api", API_KEY));
  }

  static void assertInvalid(AccessTokens tokens, String token) {
    assertThat(refusal(tokens, token).problem()).isEqualTo(Problem.INVALID_TOKEN);
  }

  static void assertUnavailable(AccessTokens tokens, String token) {
    RefusedRequest refusal = refusal(tokens, token);
    assertThat(refusal.problem()).isEqualTo(Problem.UNAVAILABLE);
    assertThat(refusal.retryAfter()).isPresent();
  }

  static RefusedRequest refusal(AccessTokens tokens, String token) {
    RefusedRequest refusal = catchThrowableOfType(RefusedRequest.class, () -> tokens.read(token));
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.sentence()).matches("[ -~&&[^\"\\\\]]+");
    return refusal;
  }

  static JWK rsaKey(int bits) {
    try {
      return new RSAKeyGenerator(bits, true).keyID("rsa").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static JWK ed25519Key() {
    try {
      return new OctetKeyPairGenerator(Curve.Ed25519).keyID("ed").generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    issuer.close();
  }

  private AccessTokens tokens(JwtSettings jwt, IntrospectionSettings introspectionOrNull) {
    return IssuedTokens.of(
        IssuerAddress.of(issuer.issuer()),
        Set.of(API, "accounts-api"),
        jwt,
        Optional.ofNullable(introspectionOrNull),
        Optional.of(defaultSsl()),
        clock);
  }

  private static SSLContext defaultSsl() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
