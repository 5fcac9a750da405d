package io.github.fapipack.resourceserver.token;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.resourceserver.jws.KeyTypes;
import io.github.fapipack.resourceserver.jws.MalformedJws;
import io.github.fapipack.resourceserver.jws.PrivateKeys;

/** How this API says to the introspection endpoint who it is (RFC 7662 2.1, FAPI2-SP 5.3.2.1-6). */
public sealed interface ClientAuthentication {

  /** The name of this API at the issuer. */
  String clientId();

  /**
   * By a signed assertion whose audience is the issuer (RFC 7523, OpenID Connect Core 9).
   *
   * @param key a private key for PS256, ES256 or EdDSA, with its {@code kid}
   */
  record PrivateKeyJwt(String clientId, JWK key) implements ClientAuthentication {

    public PrivateKeyJwt {
      require(clientId);
      try {
        PrivateKeys.of(key, KeyTypes.algorithm(key));
      } catch (MalformedJws e) {
        throw new IllegalArgumentException("the key for introspection " + e.sentence());
      }
    }

    @Override
    public String toString() {
      return "private_key_jwt of " + clientId;
    }
  }

  /** By the certificate of the TLS connection; the builder's SSLContext has it (RFC 8705 2). */
  record Certificate(String clientId) implements ClientAuthentication {

    public Certificate {
      require(clientId);
    }
  }

  private static void require(String clientId) {
    if (clientId == null || clientId.isEmpty()) {
      throw new IllegalArgumentException("introspection needs the client id of this API");
    }
  }
}
