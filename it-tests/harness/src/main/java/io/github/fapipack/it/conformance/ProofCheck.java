package io.github.fapipack.it.conformance;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.dpop.JWKThumbprintConfirmation;
import com.nimbusds.oauth2.sdk.dpop.verifiers.AccessTokenValidationException;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPIssuer;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DPoPProtectedResourceRequestVerifier;
import com.nimbusds.oauth2.sdk.dpop.verifiers.DefaultDPoPSingleUseChecker;
import com.nimbusds.oauth2.sdk.dpop.verifiers.InvalidDPoPProofException;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.text.ParseException;
import java.util.List;
import java.util.Set;

/** Checks DPoP proofs with the Connect2id SDK, which knows no EdDSA (RFC 9449 section 4.3). */
final class ProofCheck {
  private static final long SKEW_SECONDS = 60;
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.PS256, JWSAlgorithm.ES256);

  private final DPoPProtectedResourceRequestVerifier verifier =
      new DPoPProtectedResourceRequestVerifier(
          ALGORITHMS,
          SKEW_SECONDS,
          new DefaultDPoPSingleUseChecker(2 * SKEW_SECONDS, SKEW_SECONDS));

  /** Refuses a request without exactly one valid proof of this key for this token. */
  void check(List<String> proofs, String method, URI address, String token, String key) {
    if (proofs.size() != 1) {
      throw new TokenRefused("invalid_dpop_proof", "exactly one DPoP header is needed");
    }
    try {
      verifier.verify(
          method,
          address,
          new DPoPIssuer("client"),
          SignedJWT.parse(proofs.get(0)),
          new DPoPAccessToken(token),
          new JWKThumbprintConfirmation(new Base64URL(key)),
          (com.nimbusds.openid.connect.sdk.Nonce) null);
    } catch (InvalidDPoPProofException | ParseException e) {
      throw new TokenRefused("invalid_dpop_proof", "the DPoP proof is not valid");
    } catch (AccessTokenValidationException e) {
      throw new TokenRefused("invalid_token", "the DPoP key is not the one of the token");
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
