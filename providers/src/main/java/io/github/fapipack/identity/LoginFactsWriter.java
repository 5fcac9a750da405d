package io.github.fapipack.identity;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Writes the facts of a login into refresh tokens, and what userinfo needs into access tokens. */
public final class LoginFactsWriter implements TokenPostProcessorFactory {

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return context -> LoginFacts.of(session).ifPresent(facts -> write(session, facts, context));
  }

  private static void write(
      KeycloakSession session, LoginFacts facts, TokenPostProcessorContext context) {
    if (context.refreshToken() != null
        && !context.refreshToken().getOtherClaims().containsKey(LoginFacts.IN_REFRESH_TOKEN)) {
      context.refreshToken().setOtherClaims(LoginFacts.IN_REFRESH_TOKEN, facts.seal(session));
    }
    if (context.accessToken() != null && facts.claims().has(RequestedClaims.USERINFO)) {
      context.accessToken().setOtherClaims(UserinfoClaims.IN_ACCESS_TOKEN, facts.seal(session));
    }
  }

  @Override
  public String getId() {
    return "fapi2-login-facts";
  }
}
