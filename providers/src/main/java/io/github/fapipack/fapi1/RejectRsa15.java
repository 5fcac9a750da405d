package io.github.fapipack.fapi1;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.occasion.ClientAuthenticationEvent;
import io.github.fapipack.request.RequestObject;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.List;
import java.util.Optional;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * Nothing is encrypted with RSA1_5: neither request objects nor what is encrypted for clients. A
 * client that has registered it is refused, because its key may support no other algorithm.
 */
@RuleId("fapi1-reject-rsa15")
@Clause("FAPI1-ADV 8.6.1-1")
public final class RejectRsa15 extends Rule<NoSettings> {

  private static final List<String> REGISTERED =
      List.of(
          OIDCConfigAttributes.ID_TOKEN_ENCRYPTED_RESPONSE_ALG,
          OIDCConfigAttributes.AUTHORIZATION_ENCRYPTED_RESPONSE_ALG,
          OIDCConfigAttributes.USER_INFO_ENCRYPTED_RESPONSE_ALG,
          OIDCConfigAttributes.REQUEST_OBJECT_ENCRYPTION_ALG,
          "introspection_encrypted_response_alg");

  public RejectRsa15() {
    super(NoSettings.class, "Refuses encryption with RSA1_5.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      for (String attribute : REGISTERED) {
        if (isRsa15(proposed.get().attribute(attribute))) {
          throw ProposedClient.refusal(attribute + " must not be RSA1_5; use RSA-OAEP");
        }
      }
    }
    ClientModel client = occasion.client();
    if (client != null
        && (occasion.context() instanceof ClientAuthenticationEvent
            || occasion.context() instanceof PreAuthorizationRequestContext)
        && REGISTERED.stream().map(client::getAttribute).anyMatch(RejectRsa15::isRsa15)) {
      throw new Refusal(
          "unauthorized_client",
          "the client is registered for encryption with RSA1_5",
          "register RSA-OAEP instead");
    }
    Optional<RequestObject> object = RequestObject.in(occasion);
    if (object.isPresent() && isRsa15(RequestObject.encryption(occasion.session()).orElse(null))) {
      throw object.get().refusal("it must not be encrypted with RSA1_5; use RSA-OAEP");
    }
  }

  private static boolean isRsa15(String algorithm) {
    return JWEConstants.RSA1_5.equals(algorithm);
  }
}
