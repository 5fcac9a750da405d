package io.github.fapipack.resource;

import io.github.fapipack.httpsig.FapiSignatures;
import io.github.fapipack.httpsig.HttpSignatureException;
import io.github.fapipack.httpsig.JcaKeys;
import io.github.fapipack.httpsig.ResponseMessage;
import io.github.fapipack.httpsig.SignatureAlgorithm;
import io.github.fapipack.httpsig.SigningKey;
import io.github.fapipack.occasion.ResourceRequestEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.token.SigningAlgorithms;
import java.security.PrivateKey;
import java.time.Clock;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keycloak's own resources sign their responses with a key of the realm, bound to the request
 * (FAPI2-HS 5.3.2.1, RFC 9421). The filter that writes the signature asks this rule whether and
 * how.
 */
@RuleId("fapi2-sign-resource-response")
@Clause({
  "FAPI2-HS 5.3.2.1-1",
  "FAPI2-HS 5.3.2.1-2",
  "FAPI2-HS 5.3.2.1-3",
  "FAPI2-HS 5.3.2.1-4",
  "FAPI2-HS 5.3.2.1-5",
  "FAPI2-HS 5.3.2.1-6",
  "FAPI2-HS 5.3.2.1-7"
})
public final class SignResourceResponse extends Rule<NoSettings> {

  /** The realm that issued the access token of the request. */
  private static final RequestKey<RealmModel> ISSUER = new RequestKey<>();

  public SignResourceResponse() {
    super(NoSettings.class, "Signs the answers of userinfo and other resources (HTTP signature).");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) {
    if (occasion.context() instanceof ResourceRequestEvent && occasion.isEnforced()) {
      ISSUER.set(occasion.session(), occasion.realm());
    }
  }

  /** Whether the client of the current request gets signed responses. */
  public static boolean isDue(KeycloakSession session) {
    return ISSUER.isIn(session);
  }

  /** The response with digest and signature of the realm that issued the token. */
  public static ResponseMessage sign(
      KeycloakSession session, ResponseMessage response, byte[] content)
      throws HttpSignatureException {
    RealmModel realm = ISSUER.in(session).orElseGet(session.getContext()::getRealm);
    return FapiSignatures.at(Clock.systemUTC())
        .signResponse(response, content, key(session, realm));
  }

  private static SigningKey key(KeycloakSession session, RealmModel realm)
      throws HttpSignatureException {
    String algorithm = SigningAlgorithms.preferred(session, realm);
    KeyWrapper key = session.keys().getActiveKey(realm, KeyUse.SIG, algorithm);
    return JcaKeys.signing(
        key.getKid(),
        (PrivateKey) key.getPrivateKey(),
        SignatureAlgorithm.ofJose(algorithm).orElseThrow());
  }
}
