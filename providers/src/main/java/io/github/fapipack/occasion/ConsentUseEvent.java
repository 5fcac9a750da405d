package io.github.fapipack.occasion;

import io.github.fapipack.approval.ConsentReference;
import io.github.fapipack.rule.PackEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A token that a consent of the bank backs is about to be issued, or to be called active. Nothing
 * has been used up yet.
 *
 * @param client whom the token is for
 * @param user whose consent it is
 * @param consent the consent
 * @param error the error code of the endpoint if the consent is not authorised
 */
public record ConsentUseEvent(
    ClientModel client, UserModel user, ConsentReference consent, String error)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }
}
