package io.github.fapipack.it.check;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSADecrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.CodeHash;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.StateHash;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.text.ParseException;
import java.util.Objects;
import java.util.Set;

/** Verifies ID tokens with the Connect2id SDK, under the algorithms of FAPI2-SP 5.4.1 only. */
public final class IdTokenCheck {
  private static final Set<JWSAlgorithm> ALLOWED =
      Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private IdTokenCheck() {}

  /** The signed ID token inside an encrypted one; other tokens are returned unchanged. */
  public static String signed(String idToken, JWK decryptionKey) {
    try {
      if (!(JWTParser.parse(idToken) instanceof EncryptedJWT encrypted)) {
        return idToken;
      }
      encrypted.decrypt(new RSADecrypter((RSAKey) decryptionKey));
      return encrypted.getPayload().toString();
    } catch (ParseException | JOSEException e) {
      throw new AssertionError("the ID token cannot be decrypted: " + e.getMessage(), e);
    }
  }

  /**
   * Verifies that an ID token signs the authorization response that contains it (FAPI1-ADV 5.2.3-3,
   * OpenID Connect Core 3.3.2.10).
   */
  public static void verifyDetached(
      IDTokenClaimsSet claims, String idToken, String code, String state) {
    try {
      JWSAlgorithm algorithm =
          JWSAlgorithm.parse(JWTParser.parse(idToken).getHeader().getAlgorithm().getName());
      requireHash(
          "c_hash",
          CodeHash.compute(new AuthorizationCode(code), algorithm, null),
          claims.getCodeHash());
      requireHash(
          "s_hash",
          state == null ? null : StateHash.compute(new State(state), algorithm, null),
          claims.getStateHash());
    } catch (ParseException e) {
      throw new AssertionError("invalid ID token: " + e.getMessage(), e);
    }
  }

  private static void requireHash(String name, Identifier expected, Identifier actual) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError("expected " + name + " " + expected + " but got " + actual);
    }
  }

  /**
   * The claims of a signed ID token (FAPI2-SP 5.4.1).
   *
   * @param nonce that the ID token must contain, or null
   */
  public static IDTokenClaimsSet verify(
      String idToken, String nonce, String issuer, String clientId, String jwks) {
    try {
      JWT jwt = JWTParser.parse(idToken);
      JWSAlgorithm algorithm = JWSAlgorithm.parse(jwt.getHeader().getAlgorithm().getName());
      if (!ALLOWED.contains(algorithm)) {
        throw new AssertionError("the ID token is signed with " + algorithm);
      }
      return new IDTokenValidator(
              new Issuer(issuer), new ClientID(clientId), algorithm, JWKSet.parse(jwks))
          .validate(jwt, nonce == null ? null : new Nonce(nonce));
    } catch (ParseException | BadJOSEException | JOSEException e) {
      throw new AssertionError("invalid ID token: " + e.getMessage(), e);
    }
  }
}
