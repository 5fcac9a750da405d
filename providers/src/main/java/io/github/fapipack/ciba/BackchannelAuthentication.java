package io.github.fapipack.ciba;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.RealmRules;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.ext.OIDCExtProvider;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationCallbackEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.CibaRootEndpoint;

/**
 * Replaces Keycloak's two endpoints for backchannel authentication: the one for clients and the one
 * for authentication devices. In realms without rules of the pack they behave like Keycloak's own.
 */
public final class BackchannelAuthentication extends CibaRootEndpoint {

  private final KeycloakSession session;
  private EventBuilder event;

  /** Called by the service loader. */
  public BackchannelAuthentication() {
    this(null);
  }

  private BackchannelAuthentication(KeycloakSession session) {
    super(session);
    this.session = session;
  }

  @Override
  public OIDCExtProvider create(KeycloakSession session) {
    return new BackchannelAuthentication(session);
  }

  /** Takes precedence over the endpoint with the same id. */
  @Override
  public int order() {
    return Order.BEFORE_KEYCLOAK;
  }

  @Override
  public void setEvent(EventBuilder event) {
    super.setEvent(event);
    this.event = event;
  }

  @Override
  public BackchannelAuthenticationEndpoint authorize() {
    return RealmRules.of(session).isEmpty()
        ? super.authorize()
        : new AuthenticationRequests(session, event);
  }

  @Override
  public BackchannelAuthenticationCallbackEndpoint authenticate() {
    return RealmRules.of(session).isEmpty()
        ? super.authenticate()
        : new DeviceAnswers(session, event);
  }
}
