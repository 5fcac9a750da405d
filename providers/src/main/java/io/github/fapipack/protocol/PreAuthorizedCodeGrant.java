package io.github.fapipack.protocol;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.occasion.GrantEvent;
import io.github.fapipack.rule.RealmRules;
import jakarta.ws.rs.core.MultivaluedMap;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.PreAuthorizedCodeGrantType;
import org.keycloak.protocol.oidc.grants.PreAuthorizedCodeGrantTypeFactory;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/** Keycloak's pre-authorized code grant, which requires no client, with the realm's rules. */
public final class PreAuthorizedCodeGrant extends PreAuthorizedCodeGrantTypeFactory {

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return new PreAuthorizedCodeGrantType() {
      @Override
      public void preProcess(KeycloakSession session, MultivaluedMap<String, String> form)
          throws ClientPolicyException {
        super.preProcess(session, form);
        RealmRules.trigger(session, new GrantEvent(client(session, form), getId(), false));
      }
    };
  }

  private static ClientModel client(KeycloakSession session, MultivaluedMap<String, String> form) {
    String id = form.getFirst(OAuth2Constants.CLIENT_ID);
    return id == null ? null : session.getContext().getRealm().getClientByClientId(id);
  }

  /** Above Keycloak's own grant with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_OTHERS;
  }
}
