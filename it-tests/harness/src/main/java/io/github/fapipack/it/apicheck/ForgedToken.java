package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.github.fapipack.it.jose.JwtDraft;
import java.text.ParseException;

/** A token with header and claims of a real one, signed by a stranger. */
final class ForgedToken extends JwtDraft<ForgedToken> {
  private final String[] real;

  private ForgedToken(String token, JWK key) {
    super(key);
    real = token.split("\\.", -1);
  }

  /** A forgery of this token, with the kid of the issuer's key. */
  static ForgedToken of(String token, JWK key) {
    ForgedToken forged = new ForgedToken(token, key).without("jti").without("iat");
    String[] parts = forged.real;
    try {
      JSONObjectUtils.parse(new Base64URL(parts[0]).decodeToString()).forEach(forged::header);
      JSONObjectUtils.parse(new Base64URL(parts[1]).decodeToString()).forEach(forged::claim);
    } catch (ParseException e) {
      throw new NotApplicable("the access token is no JWT with readable claims");
    }
    return forged.key(key);
  }

  /** Signs with HMAC and this secret. */
  ForgedToken secret(byte[] secret) {
    return key(new OctetSequenceKey.Builder(secret).build());
  }

  /** Without a signature, under any name of the algorithm. */
  String unsigned(String algorithm) {
    alg(algorithm);
    return Base64URL.encode(headerText()) + "." + Base64URL.encode(claimsText()) + ".";
  }

  /** These claims under the signature of the real token. */
  String underRealSignature() {
    return real[0] + "." + Base64URL.encode(claimsText()) + "." + real[2];
  }

  /** This header and these claims with any signature. */
  String with(byte[] signature) {
    return Base64URL.encode(headerText())
        + "."
        + Base64URL.encode(claimsText())
        + "."
        + Base64URL.encode(signature);
  }

  @Override
  protected ForgedToken self() {
    return this;
  }
}
