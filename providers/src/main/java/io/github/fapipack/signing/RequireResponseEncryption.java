package io.github.fapipack.signing;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RuleId;
import java.util.Map;
import org.keycloak.jose.jwe.JWEConstants;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * A client that has registered {@code authorization_encrypted_response_alg} gets encrypted
 * authorization responses, even without {@code authorization_encrypted_response_enc}, which has a
 * default. Keycloak would send them unencrypted in that case.
 */
@RuleId("fapi2-require-response-encryption")
@Clause("JARM 3-3.6")
public final class RequireResponseEncryption extends ClientSettingRule<NoSettings> {

  private static final String ALG = OIDCConfigAttributes.AUTHORIZATION_ENCRYPTED_RESPONSE_ALG;
  private static final String ENC = OIDCConfigAttributes.AUTHORIZATION_ENCRYPTED_RESPONSE_ENC;
  private static final String DEFAULT = JWEConstants.A128CBC_HS256;

  public RequireResponseEncryption() {
    super(NoSettings.class, "Encrypts responses for every client that has registered for it.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, NoSettings settings) {
    Map<String, String> attributes = proposed.getAttributes();
    if (attributes != null && lacksMethod(attributes.get(ALG), attributes.get(ENC))) {
      attributes.put(ENC, DEFAULT);
    }
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings) {
    if (lacksMethod(client.getAttribute(ALG), client.getAttribute(ENC))) {
      occasion.correct(client, ENC + " " + DEFAULT, stored -> stored.setAttribute(ENC, DEFAULT));
    }
  }

  private static boolean lacksMethod(String algorithm, String method) {
    return algorithm != null && !algorithm.isEmpty() && (method == null || method.isEmpty());
  }
}
