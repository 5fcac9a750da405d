package io.github.fapipack.jose;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.fapipack.keycloak.ServerState;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import org.keycloak.common.crypto.CryptoConstants;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.crypto.ECDSASignatureProvider;
import org.keycloak.crypto.JavaAlgorithm;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.ServerECDSASignatureSignerContext;
import org.keycloak.crypto.SignatureException;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureSignerContext;
import org.keycloak.models.KeycloakSession;

/**
 * ECDSA as Keycloak has it, but signed with Bouncy Castle instead of the JDK's own provider, which
 * needs two (Java 25) to six times (Java 17) as long. Keycloak verifies with Bouncy Castle anyway.
 *
 * <p>Nothing changes if native crypto comes before the JDK's provider, in FIPS mode, or for keys
 * that cannot leave their device.
 */
public final class EcdsaSignatures extends ECDSASignatureProvider {

  /** Both numbers one after the other (RFC 7518 3.4), instead of ASN.1. */
  private static final String PLAIN = "withPLAIN-ECDSA";

  /** Settled by the first signature, when native crypto is in place if it is there. */
  private static final ServerState<Boolean> PREFERRED_IS_SLOW =
      new ServerState<>(EcdsaSignatures::preferredIsSlow);

  /**
   * Realm keys as Bouncy Castle's own: with a key of the JDK it computes the tables of the curve
   * anew for each signature, which takes longer than the JDK's provider.
   */
  private static final ServerState<Cache<PrivateKey, PrivateKey>> READ =
      new ServerState<>(() -> Caffeine.newBuilder().weakKeys().maximumSize(1000).build());

  private final KeycloakSession session;
  private final String algorithm;

  public EcdsaSignatures(KeycloakSession session, String algorithm) {
    super(session, algorithm);
    this.session = session;
    this.algorithm = algorithm;
  }

  @Override
  public SignatureSignerContext signer() {
    return new Signer(session, algorithm);
  }

  @Override
  public SignatureSignerContext signer(KeyWrapper key) {
    SignatureProvider.checkKeyForSignature(key, algorithm, KeyType.EC);
    return new Signer(key);
  }

  private static PrivateKey read(PrivateKey key) {
    try {
      return KeyFactory.getInstance(
              KeyType.EC, CryptoIntegration.getProvider().getBouncyCastleProvider())
          .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new SignatureException(e.getMessage(), e);
    }
  }

  private static boolean preferredIsSlow() {
    Provider[] providers = Security.getProviders("Signature.SHA256withECDSA");
    String bouncyCastle = CryptoIntegration.getProvider().getBouncyCastleProvider().getName();
    return providers != null
        && providers[0].getName().equals("SunEC")
        && CryptoConstants.BC_PROVIDER_ID.equals(bouncyCastle);
  }

  private static final class Signer extends ServerECDSASignatureSignerContext {

    Signer(KeycloakSession session, String algorithm) {
      super(session, algorithm);
    }

    Signer(KeyWrapper key) {
      super(key);
    }

    @Override
    public byte[] sign(byte[] data) throws SignatureException {
      String name = JavaAlgorithm.getJavaAlgorithm(getAlgorithm(), key.getCurve());
      return key.getPrivateKey() instanceof ECPrivateKey open
              && isReadable(open)
              && PREFERRED_IS_SLOW.get()
          ? sign(data, name, open)
          : super.sign(data);
    }

    /** Keys of some devices have this type, too, but do not tell their number. */
    private static boolean isReadable(PrivateKey key) {
      return "PKCS#8".equals(key.getFormat()) && key.getEncoded() != null;
    }

    private byte[] sign(byte[] data, String name, PrivateKey open) {
      try {
        Signature signature =
            Signature.getInstance(
                name.replace("withECDSA", PLAIN),
                CryptoIntegration.getProvider().getBouncyCastleProvider());
        signature.initSign(READ.get().get(open, EcdsaSignatures::read));
        signature.update(data);
        return signature.sign();
      } catch (GeneralSecurityException e) {
        throw new SignatureException(e.getMessage(), e);
      }
    }
  }
}
