package io.github.fapipack.jose;

import io.github.fapipack.keycloak.Order;
import java.security.cert.X509Certificate;
import java.util.List;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.EdDSASignatureProviderFactory;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureException;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureSignerContext;
import org.keycloak.crypto.SignatureVerifierContext;
import org.keycloak.models.KeycloakSession;

/**
 * The algorithm {@code Ed25519} of RFC 9864, which Keycloak calls EdDSA with the curve of that
 * name: the same keys and signatures, but never another curve.
 */
public final class Ed25519Signatures implements SignatureProvider {

  private final KeycloakSession session;
  private final SignatureProvider edDsa;

  Ed25519Signatures(KeycloakSession session, SignatureProvider edDsa) {
    this.session = session;
    this.edDsa = edDsa;
  }

  @Override
  public SignatureVerifierContext verifier(KeyWrapper key) throws VerificationException {
    if (!isOnCurve(key)) {
      throw new VerificationException("the key is not on the curve Ed25519");
    }
    return edDsa.verifier(asEdDsa(key));
  }

  @Override
  public SignatureVerifierContext verifier(String kid) throws VerificationException {
    KeyWrapper key =
        session.keys().getKey(session.getContext().getRealm(), kid, KeyUse.SIG, Algorithm.EdDSA);
    if (key == null) {
      throw new VerificationException("the realm has no such key");
    }
    return verifier(key);
  }

  /** For realms without rules of the pack: with the realm's own key for EdDSA. */
  @Override
  public SignatureSignerContext signer() {
    return signer(
        session.keys().getActiveKey(session.getContext().getRealm(), KeyUse.SIG, Algorithm.EdDSA));
  }

  @Override
  public SignatureSignerContext signer(KeyWrapper key) {
    if (!isOnCurve(key)) {
      throw new SignatureException("the key is not on the curve Ed25519");
    }
    return new Signer(edDsa.signer(asEdDsa(key)));
  }

  @Override
  public boolean isAsymmetricAlgorithm() {
    return true;
  }

  private static boolean isOnCurve(KeyWrapper key) {
    return key != null
        && KeyType.OKP.equals(key.getType())
        && Algorithm.Ed25519.equals(key.getCurve());
  }

  private static KeyWrapper asEdDsa(KeyWrapper key) {
    KeyWrapper copy = key.cloneKey();
    copy.setAlgorithm(Algorithm.EdDSA);
    return copy;
  }

  /** Signs as EdDSA, with Ed25519 in the header. */
  private record Signer(SignatureSignerContext edDsa) implements SignatureSignerContext {

    @Override
    public String getKid() {
      return edDsa.getKid();
    }

    @Override
    public String getAlgorithm() {
      return Algorithm.Ed25519;
    }

    @Override
    public String getHashAlgorithm() {
      return edDsa.getHashAlgorithm();
    }

    @Override
    public List<X509Certificate> getCertificateChain() {
      return edDsa.getCertificateChain();
    }

    @Override
    public byte[] sign(byte[] data) throws SignatureException {
      return edDsa.sign(data);
    }
  }

  /** Keycloak has no factory with this name. */
  public static final class Factory extends EdDSASignatureProviderFactory {

    @Override
    public String getId() {
      return Algorithm.Ed25519;
    }

    @Override
    public SignatureProvider create(KeycloakSession session) {
      return new Ed25519Signatures(
          session, session.getProvider(SignatureProvider.class, Algorithm.EdDSA));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
