package io.github.fapipack.it.client;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.jose.JwtDraft;
import java.time.Duration;
import java.util.List;

/** The JWT with which a client proves who it is (RFC 7523 section 2.2, FAPI2-SP 5.3.3.1-5). */
public final class ClientAssertion extends JwtDraft<ClientAssertion> {
  /** The type of the {@code client_assertion} parameter. */
  public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  ClientAssertion(String clientId, String issuer, JWK key) {
    super(key);
    claim("iss", clientId);
    claim("sub", clientId);
    claim("aud", issuer);
    exp(Duration.ofSeconds(60));
  }

  /** Sets the audience as one string. */
  public ClientAssertion audience(String audience) {
    return claim("aud", audience);
  }

  /** Sets the audience as an array, even with a single member. */
  public ClientAssertion audiences(String... audiences) {
    return claim("aud", List.of(audiences));
  }

  @Override
  public ClientAssertion key(JWK key) {
    return super.key(key).header("kid", key.getKeyID());
  }

  @Override
  protected ClientAssertion self() {
    return this;
  }
}
