package io.github.fapipack.resource;

import io.github.fapipack.authentication.RejectWeakKeys;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.SignatureInput;
import io.github.fapipack.httpsig.VerificationKeys;
import io.github.fapipack.httpsig.VerifyingKey;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.jose.JwsAlgorithm;
import io.github.fapipack.keys.ClientKeys;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.crypto.KeyType;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/** The registered keys of one client, selected by the {@code keyid} of a signature. */
record ClientVerificationKeys(KeycloakSession session, ClientModel client)
    implements VerificationKeys {

  /**
   * Keys that share a {@code kid}, any of which may have made the signature; or a key with which
   * the client has replaced them.
   */
  private record AnyOf(List<VerifyingKey> keys, Renewed renewed) implements VerifyingKey {
    @Override
    public boolean isFor(String algorithm) {
      return keys.stream().anyMatch(key -> key.isFor(algorithm));
    }

    @Override
    public boolean verify(byte[] base, byte[] signature) throws HttpSignatureException {
      return verify(keys, base, signature) || verify(renewed.keys(), base, signature);
    }

    private static boolean verify(List<VerifyingKey> keys, byte[] base, byte[] signature)
        throws HttpSignatureException {
      for (VerifyingKey key : keys) {
        if (key.verify(base, signature)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The keys after fetching the client's key set again. */
  private interface Renewed {
    List<VerifyingKey> keys() throws HttpSignatureException;
  }

  @Override
  public Optional<VerifyingKey> find(SignatureInput input) throws HttpSignatureException {
    if (input.keyId().isEmpty()) {
      return Optional.empty();
    }
    String id = input.keyId().get();
    Predicate<KeyWrapper> fit = key -> algorithm(key).isPresent();
    List<VerifyingKey> found = verifying(ClientKeys.candidates(session, client, id, fit));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new AnyOf(
                found,
                () ->
                    verifying(
                        ClientKeys.reloaded(
                            session, client, id, RejectWeakKeys.accepting(session).and(fit)))));
  }

  private static List<VerifyingKey> verifying(List<KeyWrapper> keys) throws HttpSignatureException {
    List<VerifyingKey> verifying = new ArrayList<>();
    for (KeyWrapper key : keys) {
      verifying.add(JcaKeys.verifying(publicKey(key), algorithm(key).orElseThrow()));
    }
    return verifying;
  }

  /**
   * Keycloak's EC keys have the algorithm name ECDSA, which the platform's own provider does not
   * support.
   */
  private static PublicKey publicKey(KeyWrapper key) throws HttpSignatureException {
    PublicKey registered = (PublicKey) key.getPublicKey();
    if (!KeyType.EC.equals(key.getType())) {
      return registered;
    }
    try {
      return KeyFactory.getInstance("EC")
          .generatePublic(new X509EncodedKeySpec(registered.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new HttpSignatureException(
          HttpSignatureException.Reason.UNSUITABLE_KEY, "the registered key is unusable", e);
    }
  }

  /**
   * The algorithm for which the key is registered, or FAPI's algorithm for its type (FAPI2-SP
   * 5.4.1).
   */
  private static Optional<SignatureAlgorithm> algorithm(KeyWrapper key) {
    return Optional.ofNullable(Algorithms.known(key.getAlgorithm()))
        .or(() -> JwsAlgorithm.allowedFor(key).map(JwsAlgorithm::name))
        .filter(Algorithms.ALLOWED::contains)
        .flatMap(SignatureAlgorithm::ofJose);
  }
}
