package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.keycloak.PlainFactory;
import io.github.fapipack.keycloak.PlainProvider;
import io.github.fapipack.rule.Endpoint;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Revokes grants when the consent to their client is revoked, in the account console or by an
 * administrator. Keycloak reports this only by events; this listener gets them in every realm,
 * whatever event listeners the realm has.
 */
public final class ConsentRevocation
    implements EventListenerProviderFactory, PlainFactory<EventListenerProvider> {

  private static final Pattern ADMIN_PATH = Pattern.compile("users/([^/]+)/consents/(.+)");

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new Listener(session);
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public String getId() {
    return "fapi-grants";
  }

  private record Listener(KeycloakSession session) implements EventListenerProvider, PlainProvider {

    @Override
    public void onEvent(Event event) {
      if (event.getType() == EventType.REVOKE_GRANT
          && event.getError() == null
          && !isTokenRevocation()
          && event.getDetails() != null
          && event.getDetails().get(Details.REVOKED_CLIENT) != null) {
        revoke(
            event.getRealmId(),
            event.getUserId(),
            event.getDetails().get(Details.REVOKED_CLIENT),
            EndedBy.USER);
      }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
      if (event.getError() == null && event.getResourcePath() != null) {
        Matcher path = ADMIN_PATH.matcher(event.getResourcePath());
        if (path.matches()) {
          revoke(event.getRealmId(), path.group(1), path.group(2), EndedBy.ADMINISTRATOR);
        }
      }
    }

    /** A client that revokes a token causes the same event, but the user's consent remains. */
    private boolean isTokenRevocation() {
      return Endpoint.of(session) == Endpoint.REVOCATION;
    }

    private void revoke(String realmId, String userId, String clientId, EndedBy by) {
      RealmModel realm = session.realms().getRealm(realmId);
      ClientModel client = realm.getClientByClientId(clientId);
      UserModel user = session.users().getUserById(realm, userId);
      if (client != null && user != null) {
        session.getProvider(Grants.class).revokeAll(realm, client, user, by);
      }
    }
  }
}
