package io.github.fapipack.resourceserver.message;

import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.SignatureInput;
import io.github.fapipack.httpsig.VerificationKeys;
import io.github.fapipack.httpsig.VerifyingKey;
import io.github.fapipack.resourceserver.jws.JoseSignatures;
import io.github.fapipack.resourceserver.refusal.RefusedRequest;
import java.util.List;
import java.util.Optional;

/** The keys of one client, for one signature; it keeps the signature that was good. */
final class KeysOf implements VerificationKeys {
  private final ClientKeys keys;
  private final String clientId;
  private RefusedRequest unavailable;
  private byte[] verified = {};

  KeysOf(ClientKeys keys, String clientId) {
    this.keys = keys;
    this.clientId = clientId;
  }

  @Override
  public Optional<VerifyingKey> find(SignatureInput input) throws HttpSignatureException {
    if (input.keyId().isEmpty()) {
      return Optional.empty();
    }
    try {
      List<ClientKey> found = keys.find(clientId, input.keyId().get());
      return found.isEmpty() ? Optional.empty() : Optional.of(new AnyOf(found));
    } catch (RefusedRequest noAnswer) {
      unavailable = noAnswer;
      throw new HttpSignatureException(Reason.UNKNOWN_KEY, "the keys cannot be had now", noAnswer);
    }
  }

  /** The refusal for which the keys could not be told, if that is the reason. */
  void throwIfUnavailable() throws RefusedRequest {
    if (unavailable != null) {
      throw unavailable;
    }
  }

  /** The bytes of the good signature. */
  byte[] verified() {
    return verified;
  }

  /** Keys with one name. */
  private final class AnyOf implements VerifyingKey {
    private final List<ClientKey> found;

    AnyOf(List<ClientKey> found) {
      this.found = found;
    }

    @Override
    public boolean isFor(String algorithm) {
      for (ClientKey key : found) {
        if (key.algorithm().httpName().filter(algorithm::equals).isPresent()) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean verify(byte[] base, byte[] signature) {
      for (ClientKey key : found) {
        if (JoseSignatures.verify(key.algorithm(), key.key(), base, signature)) {
          verified = signature;
          return true;
        }
      }
      return false;
    }
  }
}
