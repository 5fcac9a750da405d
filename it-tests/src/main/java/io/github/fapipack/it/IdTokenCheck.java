package io.github.fapipack.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.text.ParseException;
import java.util.Set;

/** Verifies ID tokens with the Connect2id SDK, under the algorithms of FAPI2-SP 5.4.1 only. */
final class IdTokenCheck {
  private static final Set<JWSAlgorithm> ALLOWED =
      Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256, JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);

  private IdTokenCheck() {}

  static IDTokenClaimsSet verify(
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
