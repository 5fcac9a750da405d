package io.github.fapipack.request;

import io.github.fapipack.jose.Algorithms;
import io.github.fapipack.rule.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.keycloak.common.VerificationException;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jwk.JWK;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.util.JWKSUtils;
import org.keycloak.util.JsonSerialization;

/**
 * Verifies the signature of a DPoP proof with the key in its header (RFC 9449 4.3-6). Keycloak does
 * so too, but for an invalid key some of its endpoints answer with a server error, and others blame
 * the access token.
 */
public final class DpopSignature {

  private DpopSignature() {}

  /**
   * Verifies a proof whose algorithm was checked before.
   *
   * @throws Refusal {@code invalid_dpop_proof}
   */
  public static void require(KeycloakSession session, DpopProof proof) throws Refusal {
    if (!isValid(session, proof)) {
      throw new Refusal(
          "invalid_dpop_proof", "the signature of the DPoP proof does not match its key");
    }
  }

  private static boolean isValid(KeycloakSession session, DpopProof proof) {
    try {
      JWSInput jws = new JWSInput(proof.encoded());
      KeyWrapper key =
          JWKSUtils.getKeyWrapper(JsonSerialization.readValue(proof.key().toString(), JWK.class));
      String algorithm = Algorithms.known(proof.algorithm());
      key.setAlgorithm(algorithm);
      return session
          .getProvider(SignatureProvider.class, algorithm)
          .verifier(key)
          .verify(
              jws.getEncodedSignatureInput().getBytes(StandardCharsets.UTF_8), jws.getSignature());
    } catch (JWSInputException | IOException | VerificationException | RuntimeException e) {
      // An invalid key, for example a point that is not on its curve, is the sender's fault,
      // whatever is thrown.
      return false;
    }
  }
}
