package io.github.fapipack.introspection;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.RequestKey;
import io.github.fapipack.rule.Rule;
import io.github.fapipack.rule.RuleId;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.context.TokenIntrospectContext;

/** The server answers introspection requests only with signed JWTs (RFC 9701). */
@RuleId("fapi2-require-signed-introspection-response")
@Clause({"FAPI2-MS 5.5.1-1", "RFC9701 5-11"})
public final class RequireSignedIntrospectionResponse extends Rule<NoSettings> {

  private static final RequestKey<Boolean> ENFORCED = new RequestKey<>();

  public RequireSignedIntrospectionResponse() {
    super(NoSettings.class, "Answers introspection with a signed JWT only.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (!(occasion.context() instanceof TokenIntrospectContext)) {
      return;
    }
    if (occasion.isEnforced()) {
      ENFORCED.set(occasion.session(), true);
    }
    if (!IntrospectionAccept.of(occasion.session()).jwt()) {
      throw Refusal.invalidRequest(
          "introspection is answered with a signed JWT only",
          "send Accept: " + IntrospectionAccept.MEDIA_TYPE);
    }
  }

  /** Whether the current request must be answered with a signed JWT. */
  static boolean isOnlyAnswer(KeycloakSession session) {
    return ENFORCED.isIn(session);
  }
}
