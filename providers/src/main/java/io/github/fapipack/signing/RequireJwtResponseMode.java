package io.github.fapipack.signing;

import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.NoSettings;
import io.github.fapipack.rule.Occasion;
import io.github.fapipack.rule.Refusal;
import io.github.fapipack.rule.Rule;
import java.util.List;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.par.clientpolicy.context.PushedAuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * The client asks for an authorization response in a signed JWT (JARM), from which its errors come
 * that way too.
 */
@Clause({"FAPI2-MS 5.4.1-1", "JARM 2.1-3"})
public final class RequireJwtResponseMode extends Rule<NoSettings> {

  /** The response modes of JARM 2.3. */
  public static final List<String> MODES =
      List.of("jwt", "query.jwt", "fragment.jwt", "form_post.jwt");

  public RequireJwtResponseMode() {
    super(NoSettings.class, "Demands a response_mode that makes a signed response.");
  }

  @Override
  protected void check(Occasion occasion, NoSettings settings) throws Refusal {
    if (occasion.context() instanceof PushedAuthorizationRequestContext pushed) {
      check(pushed.getRequest());
    } else if (occasion.context() instanceof AuthorizationRequestContext request) {
      check(request.getAuthorizationEndpointRequest());
    }
  }

  private static void check(AuthorizationEndpointRequest request) throws Refusal {
    if (request.getResponseMode() == null || !MODES.contains(request.getResponseMode())) {
      throw Refusal.invalidRequest(
          "responses must be signed; send response_mode jwt, query.jwt, fragment.jwt or"
              + " form_post.jwt");
    }
  }
}
