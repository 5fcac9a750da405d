package io.github.fapipack.ciba;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.CibaConfig;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;

/**
 * A client with pings must send a token by which it recognizes them: long enough for 128 bits of
 * entropy, at most 1024 characters, and only characters that are allowed in a header.
 */
@RuleId("fapi2-require-client-notification-token")
@Clause("CIBA 7.1-4")
public final class RequireClientNotificationToken extends Rule<NoSettings> {

  /** The syntax of RFC 6750 2.1; 128 bits need at least 22 characters of 6 bits. */
  private static final Pattern TOKEN = Pattern.compile("(?=.{22,1024}$)[A-Za-z0-9._~+/-]+=*");

  public RequireClientNotificationToken() {
    super(NoSettings.class, "Demands a notification token from clients that are pinged.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    Optional<AuthenticationRequest> request = AuthenticationRequest.in(occasion);
    if (request.isEmpty() || !CibaConfig.CIBA_PING_MODE.equals(request.get().deliveryMode())) {
      return;
    }
    String token =
        request
            .get()
            .text(CibaGrantType.CLIENT_NOTIFICATION_TOKEN)
            .orElseThrow(
                () ->
                    Refusal.invalidRequest(
                        "client_notification_token is missing", "send a fresh random one"));
    if (!TOKEN.matcher(token).matches()) {
      throw Refusal.invalidRequest(
          "client_notification_token must be a random bearer token of 22 to 1024 characters");
    }
  }
}
