package io.github.fapipack.identity;

import io.github.fapipack.keycloak.Order;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.mappers.AcrProtocolMapper;
import org.keycloak.representations.IDToken;

/**
 * Keycloak's mapper for {@code acr}, which writes the value of the client's latest login. This one
 * writes that of the authorization for which a token is issued.
 */
public final class LoginAcrMapper extends AcrProtocolMapper {

  @Override
  protected void setClaim(
      IDToken token,
      ProtocolMapperModel model,
      UserSessionModel userSession,
      KeycloakSession session,
      ClientSessionContext client) {
    super.setClaim(token, model, userSession, session, client);
    LoginFacts.of(session).ifPresent(facts -> token.setAcr(facts.acr()));
  }

  /** Takes precedence over the mapper with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }
}
