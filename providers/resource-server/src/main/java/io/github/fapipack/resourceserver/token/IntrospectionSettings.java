package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How the issuer is asked about tokens (RFC 7662, RFC 9701).
 *
 * @param client how this API authenticates to the issuer
 * @param strict whether answers that are not signed are refused (RFC 9701)
 * @param allTokens whether the issuer is asked about JWTs too, so that revocation is seen
 * @param remembered how long an answer is used again; never beyond the expiry of the token
 * @param endpoint where to ask; empty for where the metadata of the issuer say
 * @param decryptionKey the private key for answers that are encrypted to this API
 */
public record IntrospectionSettings(
    ClientAuthentication client,
    boolean strict,
    boolean allTokens,
    Duration remembered,
    Optional<URI> endpoint,
    Optional<JWK> decryptionKey) {

  public IntrospectionSettings {
    if (remembered.isNegative()) {
      throw new IllegalArgumentException("the time that answers are remembered is negative");
    }
    decryptionKey.ifPresent(IntrospectionSettings::requireDecryption);
  }

  /**
   * Signed answers where the issuer has them, for tokens that are not JWTs, remembered for 10 s.
   */
  public static IntrospectionSettings by(ClientAuthentication client) {
    return new IntrospectionSettings(
        client, false, false, Duration.ofSeconds(10), Optional.empty(), Optional.empty());
  }

  /** The same, but only signed answers will do. */
  public IntrospectionSettings onlySigned() {
    return new IntrospectionSettings(client, true, allTokens, remembered, endpoint, decryptionKey);
  }

  /** The same, but for JWTs too. */
  public IntrospectionSettings forAllTokens() {
    return new IntrospectionSettings(client, strict, true, remembered, endpoint, decryptionKey);
  }

  /** The same, with answers that are remembered so long; zero asks for each request. */
  public IntrospectionSettings remembered(Duration time) {
    return new IntrospectionSettings(client, strict, allTokens, time, endpoint, decryptionKey);
  }

  /** The same, but asks there. */
  public IntrospectionSettings endpoint(URI address) {
    return new IntrospectionSettings(
        client, strict, allTokens, remembered, Optional.of(address), decryptionKey);
  }

  /** The same, for answers that may be encrypted to this private RSA or EC key. */
  public IntrospectionSettings decryptionKey(JWK key) {
    return new IntrospectionSettings(
        client, strict, allTokens, remembered, endpoint, Optional.of(key));
  }

  @Override
  public String toString() {
    return "introspection by " + client.clientId();
  }

  private static void requireDecryption(JWK key) {
    if (!key.isPrivate() || !(key instanceof RSAKey || key instanceof ECKey)) {
      throw new IllegalArgumentException(
          "the key that decrypts introspection answers must be a private RSA or EC key");
    }
  }
}
