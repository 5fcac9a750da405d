package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.bridge.KnownConsents;
import io.github.fapipack.rule.Endpoint;
import io.github.fapipack.rule.RequestKey;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Deletes the grants of a deleted user, client or realm: at once, and again after the commit, for
 * grants that were created at the same time.
 */
final class GrantCleanup implements ProviderEventListener {

  /** Null stands for every client, or every user. */
  private record Owner(String realmId, String clientId, String userId, EndedBy by) {

    void deleteGrants(KeycloakSession session) {
      if (clientId == null && userId == null) {
        // Without the realm nobody can tell the bank's consent service that its consents end.
        JpaGrants.table(session, GrantLimits.DEFAULT).deleteAll(realmId, null, null);
        KnownConsents.of(session).deleteAll(realmId);
      } else {
        new GrantEnding(session, realmId, by).all(clientId, userId);
      }
    }
  }

  @Override
  public void onEvent(ProviderEvent event) {
    if (event instanceof UserModel.UserRemovedEvent removed) {
      delete(
          removed.getKeycloakSession(),
          new Owner(
              removed.getRealm().getId(),
              null,
              removed.getUser().getId(),
              deleter(removed.getKeycloakSession())));
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      ClientModel client = removed.getClient();
      delete(
          removed.getKeycloakSession(),
          new Owner(
              client.getRealm().getId(),
              client.getId(),
              null,
              deleter(removed.getKeycloakSession())));
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      delete(
          removed.getKeycloakSession(),
          new Owner(removed.getRealm().getId(), null, null, EndedBy.ADMINISTRATOR));
    }
  }

  /** Users delete themselves while they are logging in, clients at the registration endpoints. */
  private static EndedBy deleter(KeycloakSession session) {
    if (session.getContext().getAuthenticationSession() != null) {
      return EndedBy.USER;
    }
    try {
      return Endpoint.of(session).audience() == Endpoint.Audience.REGISTRATION
          ? EndedBy.CLIENT
          : EndedBy.ADMINISTRATOR;
    } catch (ContextNotActiveException e) {
      return EndedBy.ADMINISTRATOR; // not in a request
    }
  }

  private static void delete(KeycloakSession session, Owner owner) {
    owner.deleteGrants(session);
    AfterCommit.of(session).owners.add(owner);
  }

  /** One for all deletions of a session, because a realm can have thousands of clients. */
  private static final class AfterCommit extends AbstractKeycloakTransaction {

    private static final RequestKey<AfterCommit> KEPT = new RequestKey<>();

    private final List<Owner> owners = new ArrayList<>();
    private final KeycloakSessionFactory factory;

    private AfterCommit(KeycloakSessionFactory factory) {
      this.factory = factory;
    }

    static AfterCommit of(KeycloakSession session) {
      return KEPT.in(
          session,
          () -> {
            AfterCommit made = new AfterCommit(session.getKeycloakSessionFactory());
            session.getTransactionManager().enlistAfterCompletion(made);
            return made;
          });
    }

    @Override
    protected void commitImpl() {
      KeycloakModelUtils.runJobInTransaction(
          factory, session -> owners.forEach(owner -> owner.deleteGrants(session)));
    }

    @Override
    protected void rollbackImpl() {}
  }
}
