package io.github.fapipack.it.directory;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.jose.JwtDraft;
import java.time.Duration;

/** A registration request as a JWT with the statement inside, before the software signs it. */
public final class SignedRegistration extends JwtDraft<SignedRegistration> {

  SignedRegistration(Software software, String audience) {
    super(software.keys().forAlgorithm("PS256"));
    typ("JWT");
    software
        .registration()
        .fields()
        .forEachRemaining(member -> claim(member.getKey(), Json.value(member.getValue())));
    claim("iss", software.id());
    claim("software_id", software.id());
    claim("aud", audience);
    exp(Duration.ofMinutes(5));
  }

  @Override
  public SignedRegistration key(JWK key) {
    return super.key(key).header("kid", key.getKeyID());
  }

  @Override
  protected SignedRegistration self() {
    return this;
  }
}
