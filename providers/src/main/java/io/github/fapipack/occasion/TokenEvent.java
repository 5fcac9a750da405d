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
 * Tokens are about to leave, whatever the grant. This is the last gate: what is wrong here never
 * reaches the client.
 *
 * @param client the client that gets the tokens
 * @param accessToken the access token before it is signed; rules may complete it. Null when none is
 *     issued.
 * @param refreshToken the refresh token before it is signed, or null
 * @param clientSession the client session with its scopes
 * @param authorized the resources that the tokens were authorized for, none for any; empty where no
 *     authorization went before
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

  /** A console that is as Keycloak made it is not to blame for what a user's token carries. */
  @Override
  public boolean concernsSettings() {
    return !Consoles.is(client) || !Consoles.areUntouched(client);
  }
}
