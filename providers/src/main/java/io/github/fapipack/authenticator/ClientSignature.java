package io.github.fapipack.authenticator;

import io.github.fapipack.authentication.RejectWeakKeys;
import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.keys.ClientKeys;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Verifies a signature of a client with each of the keys that the header allows (FAPI2-SP 5.4.3).
 * If none fits, the client may have renewed its key with the same {@code kid}: the keys are fetched
 * again, as often as {@link ClientKeys} allows, and tried once more.
 */
final class ClientSignature {

  private static final Logger LOGGER = Logger.getLogger(ClientSignature.class);

  private final KeycloakSession session;
  private final ClientModel client;
  private final JWSInput jws;

  ClientSignature(KeycloakSession session, ClientModel client, JWSInput jws) {
    this.session = session;
    this.client = client;
    this.jws = jws;
  }

  /** The key that made the signature over those octets; empty if none of the client's keys did. */
  Optional<KeyWrapper> signer(byte[] data, byte[] signature) {
    if (signature == null || signature.length == 0) {
      return Optional.empty();
    }
    return signer(ClientKeys.candidates(session, client, jws), data, signature)
        .or(
            () ->
                signer(
                    ClientKeys.reloaded(session, client, jws, RejectWeakKeys.accepting(session)),
                    data,
                    signature));
  }

  private Optional<KeyWrapper> signer(List<KeyWrapper> keys, byte[] data, byte[] signature) {
    return keys.stream().filter(key -> isSignedWith(key, data, signature)).findFirst();
  }

  private boolean isSignedWith(KeyWrapper key, byte[] data, byte[] signature) {
    String algorithm = Algorithms.known(ClientKeys.algorithm(jws));
    SignatureProvider provider = session.getProvider(SignatureProvider.class, algorithm);
    if (provider == null) {
      return false;
    }
    key.setAlgorithm(algorithm); // the key is a copy of our own
    try {
      return provider.verifier(key).verify(data, signature);
    } catch (VerificationException | RuntimeException e) {
      LOGGER.debug("A key does not verify what a client has signed", e);
      return false;
    }
  }
}
