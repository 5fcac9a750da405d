package io.github.fapipack.authenticator;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RealmRules;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.ClientSignatureVerifierProvider;
import org.keycloak.crypto.ES256ClientSignatureVerifierProviderFactory;
import org.keycloak.crypto.EdDSAClientSignatureVerifierProviderFactory;
import org.keycloak.crypto.PS256ClientSignatureVerifierProviderFactory;
import org.keycloak.crypto.SignatureVerifierContext;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Verifies what clients sign besides their assertions, such as request objects, with {@link
 * ClientSignature}: Keycloak tries only one key of a set, and never fetches a known {@code kid}
 * again.
 */
public final class ClientSignatureVerifier implements ClientSignatureVerifierProvider {

  private final KeycloakSession session;
  private final String algorithm;

  private ClientSignatureVerifier(KeycloakSession session, String algorithm) {
    this.session = session;
    this.algorithm = algorithm;
  }

  @Override
  public SignatureVerifierContext verifier(ClientModel client, JWSInput input) {
    return new Verifier(
        new ClientSignature(session, client, input), input.getHeader().getKeyId(), algorithm);
  }

  @Override
  public String getAlgorithm() {
    return algorithm;
  }

  @Override
  public boolean isAsymmetricAlgorithm() {
    return true;
  }

  private record Verifier(ClientSignature by, String kid, String algorithm)
      implements SignatureVerifierContext {

    @Override
    public String getKid() {
      return kid;
    }

    @Override
    public String getAlgorithm() {
      return algorithm;
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) throws VerificationException {
      return by.signer(data, signature).isPresent();
    }
  }

  private static ClientSignatureVerifierProvider in(
      KeycloakSession session, String algorithm, ClientSignatureVerifierProvider original) {
    return RealmRules.of(session).isEmpty()
        ? original
        : new ClientSignatureVerifier(session, algorithm);
  }

  /** Replaces Keycloak's factory for PS256. */
  public static final class Ps256 extends PS256ClientSignatureVerifierProviderFactory {
    @Override
    public ClientSignatureVerifierProvider create(KeycloakSession session) {
      return in(session, Algorithm.PS256, super.create(session));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }

  /** Replaces Keycloak's factory for ES256. */
  public static final class Es256 extends ES256ClientSignatureVerifierProviderFactory {
    @Override
    public ClientSignatureVerifierProvider create(KeycloakSession session) {
      return in(session, Algorithm.ES256, super.create(session));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }

  /** Replaces Keycloak's factory for EdDSA. */
  public static final class EdDsa extends EdDSAClientSignatureVerifierProviderFactory {
    @Override
    public ClientSignatureVerifierProvider create(KeycloakSession session) {
      return in(session, Algorithm.EdDSA, super.create(session));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }

  /**
   * The name of RFC 9864, which Keycloak does not know; therefore also in realms without rules of
   * the pack.
   */
  public static final class Ed25519 extends EdDSAClientSignatureVerifierProviderFactory {
    @Override
    public String getId() {
      return Algorithm.Ed25519;
    }

    @Override
    public ClientSignatureVerifierProvider create(KeycloakSession session) {
      return new ClientSignatureVerifier(session, Algorithm.Ed25519);
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
