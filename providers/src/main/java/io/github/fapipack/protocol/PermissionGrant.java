package io.github.fapipack.protocol;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.occasion.GrantEvent;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.PermissionGrantType;
import org.keycloak.protocol.oidc.grants.PermissionGrantTypeFactory;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.managers.AppAuthManager;

/**
 * Keycloak's UMA grant, with the realm's rules: with an access token in the header it does not
 * require client authentication, and it may answer without issuing a token.
 */
public final class PermissionGrant extends PermissionGrantTypeFactory {

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return new PermissionGrantType() {
      @Override
      public void preProcess(KeycloakSession session, MultivaluedMap<String, String> form)
          throws ClientPolicyException {
        super.preProcess(session, form);
        RealmRules.trigger(session, new GrantEvent(clientOfToken(session), getId(), true));
      }
    };
  }

  private static ClientModel clientOfToken(KeycloakSession session) {
    String token =
        AppAuthManager.extractAuthorizationHeaderToken(
            session.getContext().getHttpRequest().getHttpHeaders());
    AccessToken read = token == null ? null : session.tokens().decode(token, AccessToken.class);
    return read == null || read.getIssuedFor() == null
        ? null
        : session.getContext().getRealm().getClientByClientId(read.getIssuedFor());
  }

  /** Above Keycloak's own grant with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
