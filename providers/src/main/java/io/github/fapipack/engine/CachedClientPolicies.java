package io.github.fapipack.engine;

import io.github.fapipack.keycloak.Order;
import io.github.fapipack.rule.Evidence;
import io.github.fapipack.rule.FirstRules;
import io.github.fapipack.rule.Provenance;
import io.github.fapipack.rule.RealmRules;
import io.github.fapipack.rule.Rollout;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ClientPoliciesRepresentation;
import org.keycloak.representations.idm.ClientProfilesRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.ClientPolicyManager;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManager;
import org.keycloak.services.clientpolicy.DefaultClientPolicyManagerFactory;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;

/**
 * Keycloak's client policies, cached in realms with rules of the pack: they are parsed once per
 * change of the realm instead of on every event. Keycloak's own code still reads and writes them.
 */
public final class CachedClientPolicies extends DefaultClientPolicyManager {

  private final KeycloakSession session;
  private final PolicyCache cache;

  private CachedClientPolicies(KeycloakSession session, PolicyCache cache) {
    super(session);
    this.session = session;
    this.cache = cache;
  }

  @Override
  public void triggerOnEvent(ClientPolicyContext context) throws ClientPolicyException {
    Optional<Policies> policies = cache.of(session);
    if (policies.isPresent()) {
      Evidence.note(session, context);
      policies.get().trigger(session, context);
      if (context instanceof AuthorizationRequestContext request) {
        Provenance.carry(session, request.getAuthenticationSession());
      }
    } else {
      super.triggerOnEvent(context);
    }
  }

  @Override
  public void updateClientProfiles(RealmModel realm, ClientProfilesRepresentation profiles)
      throws ClientPolicyException {
    boolean hadRules = hasRules(realm);
    super.updateClientProfiles(realm, profiles);
    FirstRules.publish(session, realm, hadRules);
  }

  @Override
  public void updateClientPolicies(RealmModel realm, ClientPoliciesRepresentation policies)
      throws ClientPolicyException {
    boolean hadRules = hasRules(realm);
    super.updateClientPolicies(realm, policies);
    FirstRules.publish(session, realm, hadRules);
  }

  /**
   * Called for an update of the whole realm, and for an import, even before the realm is complete.
   */
  @Override
  public void updateRealmModelFromRepresentation(RealmModel realm, RealmRepresentation whole) {
    boolean hadRules = hasRules(realm);
    super.updateRealmModelFromRepresentation(realm, whole);
    FirstRules.publish(session, realm, hadRules);
  }

  private boolean hasRules(RealmModel realm) {
    return !RealmRules.of(session, realm).isEmpty();
  }

  /** Replaces Keycloak's factory. */
  public static final class Factory extends DefaultClientPolicyManagerFactory {

    private final PolicyCache cache = new PolicyCache();

    @Override
    public ClientPolicyManager create(KeycloakSession session) {
      return new CachedClientPolicies(session, cache);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
      super.postInit(factory);
      factory.register(
          event -> {
            if (event instanceof ClientModel.ClientRemovedEvent removed) {
              Rollout.removed(removed.getKeycloakSession(), removed.getClient());
            }
          });
    }

    @Override
    public int order() {
      return Order.BEFORE_KEYCLOAK;
    }
  }
}
