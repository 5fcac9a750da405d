package io.github.fapipack.registration;

import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.DynamicClientRegisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUnregisterContext;
import org.keycloak.services.clientpolicy.context.DynamicClientUpdateContext;
import org.keycloak.services.clientpolicy.context.DynamicClientViewContext;
import org.keycloak.services.clientregistration.ClientRegistrationAuth;
import org.keycloak.services.clientregistration.ClientRegistrationContext;
import org.keycloak.services.clientregistration.ClientRegistrationProvider;
import org.keycloak.services.clientregistration.policy.RegistrationAuth;

/**
 * Lets a software register a client with its statement, which takes the place of Keycloak's
 * registration policies, and manage it. The rules of the realm are asked as for any registration.
 */
final class SoftwareAuth extends ClientRegistrationAuth {

  private final KeycloakSession session;
  private ClientModel managed;

  SoftwareAuth(KeycloakSession session, ClientRegistrationProvider provider, EventBuilder event) {
    super(session, provider, event, "openid-connect");
    this.session = session;
  }

  /** Reads the token in the header, as Keycloak does for its own registrations. */
  RegistrationToken token() {
    resolveRegistrationAuth();
    return new RegistrationToken(super.isRegistrationAccessToken(), getJwt());
  }

  /**
   * @param isRegistrationToken whether it is one with which a registered client is managed
   * @param token null if there is none
   */
  record RegistrationToken(boolean isRegistrationToken, JsonWebToken token) {

    /** Whether it is the one that belongs to a client. */
    boolean isOf(ClientModel client) {
      return isRegistrationToken
          && client.getRegistrationToken() != null
          && client.getRegistrationToken().equals(token.getId());
    }
  }

  /** Lets the rest of the request manage this client, whose token was checked. */
  void manage(ClientModel client) {
    managed = client;
  }

  /** Keycloak replaces the token of such a request; here it stays the same. */
  @Override
  public boolean isRegistrationAccessToken() {
    return managed == null && super.isRegistrationAccessToken();
  }

  @Override
  public RegistrationAuth requireCreate(ClientRegistrationContext context) {
    ask(new DynamicClientRegisterContext(context, null, session.getContext().getRealm()));
    return RegistrationAuth.AUTHENTICATED;
  }

  @Override
  public void requireView(ClientModel client, boolean allowPublicClient) {
    require(client);
    ask(new DynamicClientViewContext(session, client, getJwt(), session.getContext().getRealm()));
  }

  @Override
  public RegistrationAuth requireUpdate(ClientRegistrationContext context, ClientModel client) {
    require(client);
    ask(new DynamicClientUpdateContext(context, client, getJwt(), session.getContext().getRealm()));
    return RegistrationAuth.AUTHENTICATED;
  }

  @Override
  public void requireDelete(ClientModel client) {
    require(client);
    ask(
        new DynamicClientUnregisterContext(
            session, client, getJwt(), session.getContext().getRealm()));
  }

  private void require(ClientModel client) {
    if (client == null) {
      throw new RefusedRegistration(ManagementAccess.gone());
    }
    if (managed == null || !managed.getId().equals(client.getId())) {
      throw new IllegalStateException("the client was not authorized");
    }
  }

  private void ask(ClientPolicyContext context) {
    try {
      session.clientPolicy().triggerOnEvent(context);
    } catch (ClientPolicyException e) {
      throw new RefusedRegistration(e);
    }
  }

  /** Carries a refusal through Keycloak's code, which declares no such exception. */
  static final class RefusedRegistration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedRegistration(ClientPolicyException refusal) {
      super(refusal);
    }

    ClientPolicyException refusal() {
      return (ClientPolicyException) getCause();
    }
  }
}
