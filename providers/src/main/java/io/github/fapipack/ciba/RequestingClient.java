package io.github.fapipack.ciba;

import io.github.fapipack.bridge.ConsentScopes;
import io.github.fapipack.ecosystem.ConsentRules;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.delegate.ClientModelLazyDelegate;

/**
 * The client of a backchannel authentication request as Keycloak's endpoint needs to see it: it has
 * registered the algorithm that it may use, and it has every scope that names a consent of the
 * bank. Keycloak reads the scopes of a signed request where they cannot be changed. Writes go to
 * the stored client.
 */
final class RequestingClient extends ClientModelLazyDelegate.WithId {

  private final ClientModel client;
  private final Optional<String> algorithm;
  private final Optional<ConsentRules> consents;

  private RequestingClient(
      ClientModel client, Optional<String> algorithm, Optional<ConsentRules> consents) {
    super(client.getId(), () -> client);
    this.client = client;
    this.algorithm = algorithm;
    this.consents = consents;
  }

  /** The view of a client in the current request. */
  static ClientModel of(KeycloakSession session, ClientModel client) {
    Optional<String> algorithm = RestrictAuthenticationRequestAlgorithm.assumed(session);
    Optional<ConsentRules> consents = ConsentScopes.rules(session);
    return algorithm.isEmpty() && consents.isEmpty()
        ? client
        : new RequestingClient(client, algorithm, consents);
  }

  @Override
  public String getAttribute(String name) {
    return RestrictAuthenticationRequestAlgorithm.REGISTERED.equals(name) && algorithm.isPresent()
        ? algorithm.get()
        : super.getAttribute(name);
  }

  /** Keycloak only looks whether there is one; the scope is taken out before it is used. */
  @Override
  public ClientScopeModel getParameterizedClientScope(String scope) {
    return consents
            .map(rules -> rules.carriers(scope))
            .filter(found -> !found.isEmpty())
            .isPresent()
        ? client
        : super.getParameterizedClientScope(scope);
  }
}
