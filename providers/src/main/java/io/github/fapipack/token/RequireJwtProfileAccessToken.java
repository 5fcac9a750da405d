package io.github.fapipack.token;

import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.ClientSettingRule;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.idm.ClientRepresentation;

/**
 * Access tokens have the form of RFC 9068: the header {@code typ} is {@code at+jwt}, the claim
 * {@code client_id} names the client, and {@code aud} is never empty.
 */
@RuleId("fapi2-require-jwt-profile-access-token")
@Clause({"RFC9068 2.1", "RFC9068 2.2"})
public final class RequireJwtProfileAccessToken
    extends ClientSettingRule<RequireJwtProfileAccessToken.Settings> {

  private static final String HEADER_TYPE =
      OIDCConfigAttributes.USE_RFC9068_ACCESS_TOKEN_HEADER_TYPE;

  /** The audience of tokens that would otherwise have none. */
  public record Settings(
      @Setting(
              label = "Default audience",
              help =
                  "Audience of an access token for which no client scope names one; empty means the"
                      + " issuer.",
              value = "")
          List<String> defaultAudience) {}

  public RequireJwtProfileAccessToken() {
    super(Settings.class, "Issues access tokens in the form of RFC 9068.");
  }

  @Override
  protected void correct(ClientRepresentation proposed, Settings settings) {
    Map<String, String> attributes =
        proposed.getAttributes() == null ? new HashMap<>() : proposed.getAttributes();
    attributes.put(HEADER_TYPE, "true");
    proposed.setAttributes(attributes);
  }

  @Override
  protected void correct(Occasion occasion, ClientModel client, Settings settings) {
    if (!Boolean.parseBoolean(client.getAttribute(HEADER_TYPE))) {
      occasion.correct(
          client, "access tokens as at+jwt", stored -> stored.setAttribute(HEADER_TYPE, "true"));
    }
    if (occasion.context() instanceof TokenEvent tokens
        && tokens.accessToken() != null
        && occasion.isEnforced()) {
      complete(tokens.accessToken(), client, settings);
    }
  }

  private static void complete(AccessToken token, ClientModel client, Settings settings) {
    token.getOtherClaims().put(OAuth2Constants.CLIENT_ID, client.getClientId());
    if (token.getAudience() == null || token.getAudience().length == 0) {
      token.audience(
          settings.defaultAudience().isEmpty()
              ? new String[] {token.getIssuer()}
              : settings.defaultAudience().toArray(String[]::new));
    }
  }
}
