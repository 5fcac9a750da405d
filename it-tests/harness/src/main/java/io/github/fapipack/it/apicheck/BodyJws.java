package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.jose.JwtDraft;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The signature of a body: a JWT that is the body, or a detached JWS beside it. */
final class BodyJws extends JwtDraft<BodyJws> {
  private static final String UK = "http://openbanking.org.uk/";

  private String detached;

  private BodyJws(JWK key) {
    super(key);
    header("kid", key.getKeyID());
  }

  /** A JWT with the members of the body as claims, as open finance in Brazil has it. */
  static BodyJws around(JWK key, Map<String, Object> members, String issuer, String audience) {
    BodyJws jws = new BodyJws(key).typ("JWT");
    members.forEach(jws::claim);
    return jws.claim("iss", issuer).claim("aud", audience);
  }

  /** The signature of a body, as open banking in the United Kingdom has it. */
  static BodyJws beside(JWK key, String body, String issuer) {
    BodyJws jws =
        new BodyJws(key)
            .typ("JOSE")
            .header("cty", "application/json")
            .header(UK + "iat", Instant.now().getEpochSecond())
            .header(UK + "iss", issuer)
            .header(UK + "tan", "openbanking.org.uk")
            .header("crit", List.of(UK + "iat", UK + "iss", UK + "tan"));
    jws.detached = body;
    return jws;
  }

  /** Sets the time of issue, wherever it stands, in seconds from now. */
  BodyJws issued(long fromNow) {
    long time = Instant.now().getEpochSecond() + fromNow;
    return detached == null ? claim("iat", time) : header(UK + "iat", time);
  }

  /** Sets who has signed, wherever it stands. */
  BodyJws by(String issuer) {
    return detached == null ? claim("iss", issuer) : header(UK + "iss", issuer);
  }

  /** Signs other content than what is sent. */
  BodyJws over(String other) {
    detached = other;
    return this;
  }

  @Override
  protected String claimsText() {
    return detached == null ? super.claimsText() : detached;
  }

  @Override
  public String sign() {
    String compact = super.sign();
    if (detached == null) {
      return compact;
    }
    return compact.substring(0, compact.indexOf('.'))
        + "."
        + compact.substring(compact.lastIndexOf('.'));
  }

  @Override
  protected BodyJws self() {
    return this;
  }
}
