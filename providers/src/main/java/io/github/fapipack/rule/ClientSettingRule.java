package io.github.fapipack.rule;

import org.keycloak.models.ClientModel;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyEvent;
import org.keycloak.services.clientpolicy.context.ClientCRUDContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;

/**
 * A rule about a stored setting of a client that Keycloak's own code obeys without asking rules.
 * The rule corrects the setting when a client is registered or updated, and again when the client
 * is used. So it also holds, without an outage, for clients that were created before the policy,
 * imported, or changed by other means.
 */
public abstract class ClientSettingRule<S extends Record> extends Rule<S> {

  protected ClientSettingRule(Class<S> settingsType, String help) {
    super(settingsType, help);
  }

  /** Corrects the setting in a client that is being registered or updated. */
  protected abstract void correct(ClientRepresentation proposed, S settings);

  /** Corrects a wrong setting of a stored client, by {@link Occasion#correct}. */
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
