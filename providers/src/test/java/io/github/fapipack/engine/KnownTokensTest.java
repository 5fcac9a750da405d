package io.github.fapipack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.SignatureVerifierContext;

/** What is taken for verified, and how often the key is asked. */
class KnownTokensTest {

  private final PublicKey key = key();
  private final byte[] token = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
  private int asked;
  private boolean valid = true;

  @Test
  void aTokenIsVerifiedOnce() throws VerificationException {
    assertThat(isValid(key, token, 1)).isTrue();
    assertThat(isValid(key, token.clone(), 1)).isTrue();

    assertThat(asked).isEqualTo(1);
  }

  @Test
  void anotherSignatureTextOrKeyIsVerified() throws VerificationException {
    isValid(key, token, 1);
    valid = false;

    assertThat(isValid(key, token, 2)).isFalse();
    assertThat(isValid(key, "other".getBytes(StandardCharsets.US_ASCII), 1)).isFalse();
    assertThat(isValid(key(), token, 1)).isFalse();
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void aBadSignatureIsNotRemembered() throws VerificationException {
    valid = false;
    assertThat(isValid(key, token, 1)).isFalse();
    valid = true;

    assertThat(isValid(key, token, 1)).isTrue();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void whatTheSignatureEndsWithIsNotWhatTheTextBeginsWith() throws VerificationException {
    KnownTokens.isValid(key, new byte[] {2, 3}, new byte[] {1}, context());
    valid = false;

    assertThat(KnownTokens.isValid(key, new byte[] {3}, new byte[] {1, 2}, context())).isFalse();
  }

  private boolean isValid(PublicKey by, byte[] data, int signature) throws VerificationException {
    return KnownTokens.isValid(by, data, new byte[] {(byte) signature}, context());
  }

  private SignatureVerifierContext context() {
    return new SignatureVerifierContext() {
      @Override
      public String getKid() {
        return "key";
      }

      @Override
      public String getAlgorithm() {
        return "ES256";
      }

      @Override
      public boolean verify(byte[] data, byte[] signature) {
        asked++;
        return valid;
      }
    };
  }

  private static PublicKey key() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
