package io.github.fapipack.protocol;

import io.github.fapipack.console.BuiltInClients;
import io.github.fapipack.occasion.TokenEvent;
import io.github.fapipack.request.ResourceIndicators;
import io.github.fapipack.rule.RealmRules;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Asks the rules again when tokens are about to be signed. Keycloak has policy events for some
 * grants only; all grants call this.
 */
public final class LastGate implements TokenPostProcessorFactory {

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return context -> process(session, context);
  }

  private static void process(KeycloakSession session, TokenPostProcessorContext context) {
    try {
      RealmRules.trigger(
          session,
          new TokenEvent(
              context.clientSessionCtx().getClientSession().getClient(),
              AuthorizationResponses.carryNoAccessToken(session) ? null : context.accessToken(),
              context.refreshToken(),
              context.clientSessionCtx(),
              ResourceIndicators.authorized(session, context)));
    } catch (ClientPolicyException e) {
      throw new TokenInterceptorException(e.getError(), e.getErrorDetail());
    }
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {
    BuiltInClients.settleInNewRealms(factory);
  }

  /** After all other processors, so that nothing changes what was checked. */
  @Override
  public int order() {
    return Integer.MIN_VALUE;
  }

  @Override
  public String getId() {
    return "fapi2-last-gate";
  }
}
