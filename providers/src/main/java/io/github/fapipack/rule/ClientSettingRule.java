package io.github.fapipack.rule;

import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * A rule about what is stored of a client, where Keycloak's own code obeys the stored value alone.
 * It sets the value right when a client is registered or updated, and again whenever the client is
 * used: clients made before the policy, imported, or changed behind its back are held to it from
 * their first request on, without an outage.
 */
public abstract class ClientSettingRule<S extends Record> extends Rule<S> {

  protected ClientSettingRule(Class<S> settingsType, String help) {
    super(settingsType, help);
  }

  /** Sets the value right in a client that is being registered or updated. */
  protected abstract void correct(ClientRepresentation proposed, S settings);

  /** Sets the value right in a stored client, by {@link Occasion#correct}, where it is wrong. */
  protected abstract void correct(Occasion occasion, ClientModel client, S settings) throws Refusal;

  @Override
  protected final void check(Occasion occasion, S settings) throws Refusal {
    if (occasion.context() instanceof ClientCRUDContext crud) {
      if (crud.getEvent() == ClientPolicyEvent.REGISTER
          || crud.getEvent() == ClientPolicyEvent.UPDATE) {
        correct(crud.getProposedClientRepresentation(), settings);
      }
    } else if ((occasion.context() instanceof PackEvent own && own.concernsSettings())
        || occasion.context() instanceof PreAuthorizationRequestContext) {
      ClientModel client = occasion.client();
      if (client != null) {
        correct(occasion, client, settings);
      }
    }
  }
}
