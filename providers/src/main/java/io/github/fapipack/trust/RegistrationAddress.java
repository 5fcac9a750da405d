package io.github.fapipack.trust;

import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;

/** Where software registers with a statement. */
public final class RegistrationAddress {

  /** The id of the registration provider, which is the last segment of its address. */
  public static final String PROVIDER = "software-statement";

  private RegistrationAddress() {}

  /** The address for the realm of the current request. */
  public static String of(KeycloakSession session) {
    return of(session, null);
  }

  /**
   * The address of a registered client.
   *
   * @param clientId its client_id, or null for the registration itself
   */
  public static String of(KeycloakSession session, String clientId) {
    String whole =
        Urls.clientRegistration(
                session.getContext().getUri().getBaseUri(),
                session.getContext().getRealm().getName(),
                PROVIDER,
                clientId == null ? "_" : clientId)
            .toString();
    return clientId == null ? whole.substring(0, whole.lastIndexOf('/')) : whole;
  }
}
