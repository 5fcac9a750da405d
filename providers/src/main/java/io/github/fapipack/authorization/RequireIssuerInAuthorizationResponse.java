package io.github.fapipack.authorization;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RuleId;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Every authorization response contains the issuer, errors included; no client can switch it off.
 */
@RuleId("fapi2-require-issuer-in-authorization-response")
@Clause({"FAPI2-SP 5.3.2.2-7", "RFC9207 2-1"})
public final class RequireIssuerInAuthorizationResponse extends ClientSettingRule<NoSettings> {

  private static final String SWITCH = OIDCConfigAttributes.EXCLUDE_ISSUER_FROM_AUTH_RESPONSE;

  public RequireIssuerInAuthorizationResponse() {
    super(NoSettings.class, "Names the issuer in every authorization response, for every client.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, NoSettings settings) {
    Map<String, String> attributes = proposed.getAttributes();
    if (attributes != null && Boolean.parseBoolean(attributes.get(SWITCH))) {
      attributes.put(SWITCH, "false");
    }
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, NoSettings settings) {
    if (Boolean.parseBoolean(client.getAttribute(SWITCH))) {
      occasion.correct(
          client, "iss in authorization responses on", stored -> stored.removeAttribute(SWITCH));
    }
  }
}
