package io.github.fapipack.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.crypto.SignatureVerifierContext;
import org.keycloak.models.KeycloakSession;

/** What is taken for verified, and how often Keycloak is asked. */
class VerifiedOnceTest {

  private static final byte[] PROOF = {1, 2, 3};
  private static final byte[] ASSERTION = {4, 5, 6};
  private static final byte[] GOOD = signature(1);
  private static final byte[] BAD = signature(2);

  private final KeyWrapper key = key();
  private final KeycloakSession session = session();
  private int asked;

  @Test
  void aSignatureIsVerifiedOnceAlsoWhenAnotherComesBetween() throws VerificationException {
    assertThat(verify(key, PROOF, GOOD)).isTrue();
    assertThat(verify(key, ASSERTION, GOOD)).isTrue();

    assertThat(verify(key, PROOF, GOOD)).isTrue();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void nothingElseIsTakenForIt() throws VerificationException {
    verify(key, PROOF, GOOD);

    assertThat(verify(key, PROOF, BAD)).isFalse();
    assertThat(verify(key, ASSERTION, BAD)).isFalse();
    verify(key(), PROOF, GOOD);
    assertThat(asked).isEqualTo(4);
  }

  @Test
  void aBadSignatureIsNotRemembered() throws VerificationException {
    assertThat(verify(key, PROOF, BAD)).isFalse();
    assertThat(verify(key, PROOF, BAD)).isFalse();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void anotherRequestVerifiesAnew() throws VerificationException {
    verify(key, PROOF, GOOD);
    new VerifiedOnce(session(), original()).verifier(key).verify(PROOF, GOOD);

    assertThat(asked).isEqualTo(2);
  }

  @Test
  void es256TakesNoOctetMore() throws VerificationException {
    assertThat(verify(key, PROOF, Arrays.copyOf(GOOD, 65))).isFalse();
    assertThat(verify(key, PROOF, Arrays.copyOf(GOOD, 63))).isFalse();
    assertThat(asked).isZero();
  }

  private boolean verify(KeyWrapper by, byte[] data, byte[] signature)
      throws VerificationException {
    return new VerifiedOnce(session, original()).verifier(by).verify(data, signature);
  }

  private SignatureProvider original() {
    return fake(
        SignatureProvider.class,
        (method, arguments) ->
            fake(
                SignatureVerifierContext.class,
                (name, given) -> {
                  if (name.equals("getAlgorithm")) {
                    return "ES256";
                  }
                  asked++;
                  return Arrays.equals(GOOD, (byte[]) given[1]);
                }));
  }

  private static KeycloakSession session() {
    Map<Object, Object> attributes = new HashMap<>();
    return fake(
        KeycloakSession.class,
        (method, arguments) ->
            method.equals("setAttribute")
                ? attributes.put(arguments[0], arguments[1])
                : attributes.get(arguments[0]));
  }

  private static KeyWrapper key() {
    try {
      KeyWrapper key = new KeyWrapper();
      key.setPublicKey(KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic());
      return key;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signature(int content) {
    byte[] signature = new byte[64];
    Arrays.fill(signature, (byte) content);
    return signature;
  }

  private interface Answer {
    Object to(String method, Object[] arguments);
  }

  private static <T> T fake(Class<T> type, Answer answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> answer.to(method.getName(), arguments)));
  }
}
