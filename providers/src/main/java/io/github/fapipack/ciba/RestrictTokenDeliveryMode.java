package io.github.fapipack.ciba;

import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.protocol.oidc.grants.ciba.clientpolicy.context.BackchannelTokenRequestContext;

/**
 * Clients must fetch their tokens, after a ping or by polling; tokens are not pushed. For pings,
 * the client must have registered an https address.
 */
@RuleId("fapi2-restrict-token-delivery-mode")
@Clause({
  "FAPI-CIBA 4.1.1-3",
  "FAPI-CIBA 4.1.1-4",
  "FAPI-CIBA 4.1.1-5",
  "FAPI-CIBA 5.8-p2",
  "CIBA 4-2"
})
public final class RestrictTokenDeliveryMode extends Rule<RestrictTokenDeliveryMode.Modes> {

  private static final String MODE = CibaConfig.CIBA_BACKCHANNEL_TOKEN_DELIVERY_MODE_PER_CLIENT;
  private static final String ENDPOINT = CibaConfig.CIBA_BACKCHANNEL_CLIENT_NOTIFICATION_ENDPOINT;

  /** The allowed modes. */
  public record Modes(
      @Setting(
              label = "Delivery modes",
              help = "How clients may get their tokens: poll, ping, or both; never push.",
              value = "poll ping")
          List<String> modes) {

    public Modes {
      if (modes == null || modes.isEmpty() || !CibaConfig.CIBA_SUPPORTED_MODES.containsAll(modes)) {
        throw new IllegalArgumentException("field 'modes' must name poll, ping, or both");
      }
      modes = List.copyOf(modes);
    }
  }

  public RestrictTokenDeliveryMode() {
    super(Modes.class, "Lets CIBA clients poll and be pinged, but pushes no tokens.");
  }

  @Override
  protected void check(Occasion occasion, Modes settings) throws Refusal {
    if (AuthenticationRequest.in(occasion).isPresent()
        || occasion.context() instanceof BackchannelTokenRequestContext) {
      checkClient(occasion.client(), settings.modes());
    }
    Optional<ProposedClient> proposed = ProposedClient.in(occasion.context());
    if (proposed.isPresent()) {
      checkRegistered(occasion, proposed.get(), settings.modes());
    }
  }

  private static void checkClient(ClientModel client, List<String> served) throws Refusal {
    CibaConfig policy = client.getRealm().getCibaPolicy();
    String mode = policy.getBackchannelTokenDeliveryMode(client);
    if (!served.contains(mode)) {
      throw unauthorized(
          "a delivery mode that is not served; register one of " + String.join(", ", served));
    }
    if (CibaConfig.CIBA_PING_MODE.equals(mode)
        && !NotificationEndpoint.isSecure(
            policy.getBackchannelClientNotificationEndpoint(client))) {
      throw unauthorized(
          "ping without an https address; register backchannel_client_notification_endpoint");
    }
  }

  private static Refusal unauthorized(String what) {
    return new Refusal(
        OAuthErrorException.UNAUTHORIZED_CLIENT, "the client is registered for " + what);
  }

  private static void checkRegistered(Occasion occasion, ProposedClient client, List<String> served)
      throws Refusal {
    String chosen = client.attribute(MODE);
    boolean unchosen = chosen == null || chosen.isBlank();
    if (!unchosen && !served.contains(chosen)) {
      throw ProposedClient.refusal(
          "backchannel_token_delivery_mode must be one of " + String.join(", ", served));
    }
    String mode =
        unchosen ? occasion.realm().getCibaPolicy().getBackchannelTokenDeliveryMode() : chosen;
    String endpoint = client.attribute(ENDPOINT);
    boolean needed =
        CibaConfig.CIBA_PING_MODE.equals(mode)
            && Boolean.parseBoolean(client.attribute(CibaConfig.OIDC_CIBA_GRANT_ENABLED));
    boolean sent = endpoint != null && !endpoint.isBlank();
    if ((needed || sent) && !NotificationEndpoint.isSecure(endpoint)) {
      throw ProposedClient.refusal(
          "backchannel_client_notification_endpoint must be an https URL without user name and"
              + " fragment");
    }
  }
}
