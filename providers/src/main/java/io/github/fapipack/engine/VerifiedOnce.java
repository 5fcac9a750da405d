package io.github.fapipack.engine;

import io.github.fapipack.jose.EcdsaSignatures;
import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RequestKey;
import java.security.Key;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.Algorithm;
import org.keycloak.crypto.ES256SignatureProviderFactory;
import org.keycloak.crypto.EdDSASignatureProviderFactory;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PS256SignatureProviderFactory;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureSignerContext;
import org.keycloak.crypto.SignatureVerifierContext;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's signatures, which verify the same signature only once within one request. The pack
 * verifies a DPoP proof to refuse it with the right error, and Keycloak verifies it again; with
 * ES256 each verification costs about two percent of a whole flow. What the realm itself has signed
 * is remembered longer ({@link KnownTokens}). ES256 signatures must have exactly 64 octets (RFC
 * 7518 3.4); Keycloak ignores any further octets.
 */
public final class VerifiedOnce implements SignatureProvider {

  private static final int ES256_OCTETS = 64;

  /** By algorithm: the signature of another one is another signature. */
  private static final RequestKey<Map<String, List<Verified>>> VERIFIED = new RequestKey<>();

  /** A request has at most an assertion, a proof, a request object and a token. */
  private static final int MOST_REMEMBERED = 4;

  /** A signature that was found valid. */
  private record Verified(Key key, byte[] data, byte[] signature) {
    boolean is(KeyWrapper other, byte[] otherData, byte[] otherSignature) {
      return key.equals(other.getPublicKey())
          && MessageDigest.isEqual(data, otherData)
          && MessageDigest.isEqual(signature, otherSignature);
    }
  }

  private final KeycloakSession session;
  private final SignatureProvider original;

  VerifiedOnce(KeycloakSession session, SignatureProvider original) {
    this.session = session;
    this.original = original;
  }

  @Override
  public SignatureVerifierContext verifier(KeyWrapper key) throws VerificationException {
    return new Verifier(key, original.verifier(key));
  }

  @Override
  public SignatureVerifierContext verifier(String kid) throws VerificationException {
    SignatureVerifierContext context = original.verifier(kid);
    KeyWrapper key =
        session
            .keys()
            .getKey(session.getContext().getRealm(), kid, KeyUse.SIG, context.getAlgorithm());
    return key != null && key.getPublicKey() instanceof PublicKey own
        ? new OwnVerifier(own, context)
        : context;
  }

  @Override
  public SignatureSignerContext signer() {
    return original.signer();
  }

  @Override
  public SignatureSignerContext signer(KeyWrapper key) {
    return original.signer(key);
  }

  @Override
  public boolean isAsymmetricAlgorithm() {
    return original.isAsymmetricAlgorithm();
  }

  private final class Verifier implements SignatureVerifierContext {

    private final KeyWrapper key;
    private final SignatureVerifierContext context;

    Verifier(KeyWrapper key, SignatureVerifierContext context) {
      this.key = key;
      this.context = context;
    }

    @Override
    public boolean verify(byte[] data, byte[] signature) throws VerificationException {
      if (!hasFittingSize(getAlgorithm(), signature)) {
        return false;
      }
      if (verified().stream().anyMatch(known -> known.is(key, data, signature))) {
        return true;
      }
      boolean valid = context.verify(data, signature);
      if (valid && verified().size() < MOST_REMEMBERED) {
        verified().add(new Verified(key.getPublicKey(), data.clone(), signature.clone()));
      }
      return valid;
    }

    private List<Verified> verified() {
      return VERIFIED
          .in(session, HashMap::new)
          .computeIfAbsent(getAlgorithm(), algorithm -> new ArrayList<>());
    }

    @Override
    public String getKid() {
      return context.getKid();
    }

    @Override
    public String getAlgorithm() {
      return context.getAlgorithm();
    }
  }

  /** Verifies what the realm has signed. */
  private record OwnVerifier(PublicKey key, SignatureVerifierContext context)
      implements SignatureVerifierContext {
    @Override
    public boolean verify(byte[] data, byte[] signature) throws VerificationException {
      return hasFittingSize(getAlgorithm(), signature)
          && KnownTokens.isValid(key, data, signature, context);
    }

    @Override
    public String getKid() {
      return context.getKid();
    }

    @Override
    public String getAlgorithm() {
      return context.getAlgorithm();
    }
  }

  private static boolean hasFittingSize(String algorithm, byte[] signature) {
    return !Algorithm.ES256.equals(algorithm) || signature.length == ES256_OCTETS;
  }

  /** Replaces Keycloak's factory for ES256; signing is quicker, too. */
  public static final class Es256 extends ES256SignatureProviderFactory {
    @Override
    public SignatureProvider create(KeycloakSession session) {
      return new VerifiedOnce(session, new EcdsaSignatures(session, Algorithm.ES256));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }

  /** Replaces Keycloak's factory for PS256. */
  public static final class Ps256 extends PS256SignatureProviderFactory {
    @Override
    public SignatureProvider create(KeycloakSession session) {
      return new VerifiedOnce(session, super.create(session));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }

  /** Replaces Keycloak's factory for EdDSA. */
  public static final class EdDsa extends EdDSASignatureProviderFactory {
    @Override
    public SignatureProvider create(KeycloakSession session) {
      return new VerifiedOnce(session, super.create(session));
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
