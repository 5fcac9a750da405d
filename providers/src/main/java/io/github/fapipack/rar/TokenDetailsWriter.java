package io.github.fapipack.rar;

import io.github.fapipack.rule.Clause;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Puts the authorization details into the access token, for every grant (RFC 9396 9.1). */
@Clause("RFC9396 9.1-1")
public final class TokenDetailsWriter implements TokenPostProcessorFactory {

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return context ->
        TokenDetails.of(session)
            .ifPresent(details -> details.writeTo(context.accessToken(), context.refreshToken()));
  }

  @Override
  public String getId() {
    return "fapi2-authorization-details";
  }
}
