package io.github.fapipack.it.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.dpop.DPoPUtils;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import io.github.fapipack.it.jose.JwtDraft;
import java.net.URI;

/** The JWT that shows possession of a key for one HTTP request (RFC 9449 section 4.2). */
public final class DpopProof extends JwtDraft<DpopProof> {

  DpopProof(String method, URI uri, JWK key) {
    super(key);
    typ("dpop+jwt");
    htm(method);
    htu(withoutQuery(uri));
  }

  /** Sets the HTTP method. */
  public DpopProof htm(String method) {
    return claim("htm", method);
  }

  /** Sets the HTTP address. */
  public DpopProof htu(String uri) {
    return claim("htu", uri);
  }

  /** Sets the server's nonce; null leaves it out. */
  public DpopProof nonce(String nonce) {
    return claim("nonce", nonce);
  }

  /** Binds the proof to an access token. */
  public DpopProof ath(String accessToken) {
    try {
      return claim("ath", DPoPUtils.computeSHA256(new DPoPAccessToken(accessToken)).toString());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs with another key and puts its public half into the header. */
  @Override
  public DpopProof key(JWK key) {
    return super.key(key).showing(key.toPublicJWK());
  }

  /** Puts another key into the header than the one that signs. */
  public DpopProof showing(JWK key) {
    return header("jwk", key == null ? null : key.toJSONObject());
  }

  /** Puts the private key into the header, which RFC 9449 4.3-7 forbids. */
  public DpopProof showingPrivateKey() {
    return showing(key());
  }

  @Override
  protected DpopProof self() {
    return this;
  }

  private static String withoutQuery(URI uri) {
    return uri.toString().replaceFirst("[?#].*$", "");
  }
}
