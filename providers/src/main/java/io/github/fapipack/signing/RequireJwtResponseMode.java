package io.github.fapipack.signing;

import io.github.fapipack.request.SentRequest;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import io.github.fapipack.rule.Setting;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;

/**
 * Authorization requests must ask for a signed response (JARM), so that errors are signed as well.
 * A realm may require only signed requests (JAR without JARM); then the request or the client's
 * registration decides.
 */
@RuleId("fapi2-require-jwt-response-mode")
@Clause({"FAPI2-MS 5.4.1-1", "JARM 2.1-3"})
public final class RequireJwtResponseMode extends Rule<RequireJwtResponseMode.Settings> {

  /** The response modes of JARM 2.3. */
  public static final List<String> MODES =
      List.of("jwt", "query.jwt", "fragment.jwt", "form_post.jwt");

  /**
   * Whether responses must be signed.
   *
   * @param required whether the response must be signed; if not, every response mode is allowed
   */
  public record Settings(
      @Setting(
              label = "Required",
              help =
                  "If off, a client may ask for an unsigned response too (JAR without JARM), unless"
                      + " its registered response_modes say otherwise.",
              value = "true")
          boolean required) {}

  public RequireJwtResponseMode() {
    super(Settings.class, "Demands a response_mode that makes a signed response.");
  }

  @Override
  protected void check(Occasion occasion, Settings settings) throws Refusal {
    if (!settings.required()) {
      return;
    }
    Optional<SentRequest> sent = SentRequest.in(occasion.context());
    if (sent.isPresent()) {
      check(sent.get().parameters());
    }
  }

  /** Whether the current realm only sends signed responses. */
  public static boolean isDemanded(KeycloakSession session) {
    return RealmRules.of(session)
        .settings(session, RequireJwtResponseMode.class)
        .map(Settings::required)
        .orElse(false);
  }

  private static void check(AuthorizationEndpointRequest request) throws Refusal {
    if (request.getResponseMode() == null || !MODES.contains(request.getResponseMode())) {
      throw Refusal.invalidRequest(
          "responses must be signed",
          "send response_mode jwt, query.jwt, fragment.jwt or form_post.jwt");
    }
  }
}
