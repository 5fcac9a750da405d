package io.github.fapipack.it.consent;

import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.jose.JwtDraft;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer of the bank's own page to a question, before it is signed: an approval at first. */
public final class PageAnswer extends JwtDraft<PageAnswer> {
  private final URI back;

  PageAnswer(JWK key, String issuer, Map<String, Object> question) {
    super(key);
    typ("consent-answer+jwt");
    header("kid", key.getKeyID());
    claim("iss", issuer);
    claim("aud", question.get("iss"));
    claim("consent_id", question.get("consent_id"));
    claim("nonce", question.get("nonce"));
    claim("decision", "approved");
    back = URI.create(String.valueOf(question.get("return_uri")));
  }

  @Override
  protected PageAnswer self() {
    return this;
  }

  /** Says that the user has refused. */
  public PageAnswer refused() {
    return claim("decision", "refused");
  }

  /** Where the browser goes with the signed answer. */
  public URI address() {
    return address(sign());
  }

  /** Where the browser goes with any answer. */
  public URI address(String answer) {
    return URI.create(
        back
            + (back.getRawQuery() == null ? "?" : "&")
            + "answer="
            + URLEncoder.encode(answer, StandardCharsets.UTF_8));
  }
}
