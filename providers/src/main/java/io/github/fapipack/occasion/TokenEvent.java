package io.github.fapipack.occasion;

import io.github.fapipack.console.Consoles;
import io.github.fapipack.rule.PackEvent;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.RefreshToken;

/**
 * Tokens are about to be issued, for any grant. This is the last check before they reach the
 * client.
 *
 * @param client the client that gets the tokens
 * @param accessToken the access token before it is signed; rules may complete it. Null if none is
 *     issued.
 * @param refreshToken the refresh token before it is signed, or null
 * @param clientSession the client session with its scopes
 * @param authorized the resources that the tokens were authorized for, an empty list for any
 *     resource; absent if there was no authorization
 */
public record TokenEvent(
    ClientModel client,
    AccessToken accessToken,
    RefreshToken refreshToken,
    ClientSessionContext clientSession,
    Optional<List<String>> authorized)
    implements PackEvent {

  @Override
  public ClientModel getClient() {
    return client;
  }

  @Override
  public boolean isProven(KeycloakSession session) {
    return true;
  }

  /** The content of a user's token is not the fault of a console with Keycloak's own settings. */
  @Override
  public boolean concernsSettings() {
    return !Consoles.is(client) || !Consoles.areUntouched(client);
  }
}
