package io.github.fapipack.directory;

import io.github.fapipack.bridge.EndedBy;
import io.github.fapipack.ecosystem.ParticipantState;
import io.github.fapipack.grantmanagement.Grants;
import io.github.fapipack.participants.Participants;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.storage.UserStorageUtil;

/**
 * Ends what a client had when its software is withdrawn: grants, consents, sessions, and all tokens
 * and requests from before. Deletes the client when its software is removed. The state is stored
 * before, so that the client is refused meanwhile and a crash only delays the rest.
 */
final class EndedClients {

  private static final Logger LOGGER = Logger.getLogger(EndedClients.class);

  /** How many clients are ended in one go, so that a watch is not held up for long. */
  private static final int MOST = 200;

  private static final int PORTION = 100;
  private static final int LONGEST = 300;

  private final KeycloakSessionFactory factory;
  private final String realmId;
  private final String clientUuid;

  private EndedClients(KeycloakSessionFactory factory, String realmId, String clientUuid) {
    this.factory = factory;
    this.realmId = realmId;
    this.clientUuid = clientUuid;
  }

  /** Ends the clients of a realm that have still to be ended, on one node. */
  static void finish(KeycloakSessionFactory factory, String realmId) {
    if (unfinished(factory, realmId).isEmpty()) {
      return;
    }
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session ->
            session
                .getProvider(ClusterProvider.class)
                .executeIfNotExecuted(
                    "fapi-ended-clients::" + realmId,
                    LONGEST,
                    () -> {
                      unfinished(factory, realmId)
                          .forEach(
                              (id, state) -> new EndedClients(factory, realmId, id).end(state));
                      return null;
                    }));
  }

  private static Map<String, ParticipantState> unfinished(
      KeycloakSessionFactory factory, String realmId) {
    Map<String, ParticipantState> found = new HashMap<>();
    DirectoryWatch.inRealm(
        factory,
        realmId,
        (session, realm) -> found.putAll(Participants.of(session).unfinished(MOST)));
    return found;
  }

  private void end(ParticipantState state) {
    try {
      if (state == ParticipantState.REMOVED) {
        withClient(this::remove);
      } else {
        withClient(this::endTokens);
        endSessions(false);
        endSessions(true);
      }
      withClient((session, client) -> Participants.of(session).finished(clientUuid));
    } catch (RuntimeException e) {
      LOGGER.warnf(e, "What client %s had cannot be ended; it is tried again", clientUuid);
    }
  }

  private interface Work {
    void on(KeycloakSession session, ClientModel client);
  }

  private void withClient(Work work) {
    DirectoryWatch.inRealm(
        factory,
        realmId,
        (session, realm) ->
            Optional.ofNullable(realm.getClientById(clientUuid))
                .ifPresent(client -> work.on(session, client)));
  }

  /** Unless the removal was taken back at once. */
  private void remove(KeycloakSession session, ClientModel client) {
    if (Participants.of(session)
        .byClient(client)
        .filter(software -> software.state() == ParticipantState.REMOVED)
        .isPresent()) {
      new ClientManager(new RealmManager(session)).removeClient(client.getRealm(), client);
    } else {
      endTokens(session, client);
    }
  }

  private void endTokens(KeycloakSession session, ClientModel client) {
    RealmModel realm = client.getRealm();
    // A later second would also refuse the first tokens of a client that is active again at once.
    client.setNotBefore(Math.toIntExact(Time.currentTimeSeconds()));
    session.getProvider(Grants.class).revokeAll(realm, client, EndedBy.ADMINISTRATOR);
    EntityManager entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    for (String query :
        List.of(
            "deleteUserConsentClientScopesByClient",
            "deleteUserConsentsByClient",
            "deleteFederatedUserConsentClientScopesByClient",
            "deleteFederatedUserConsentsByClient")) {
      entities.createNamedQuery(query).setParameter("clientId", client.getId()).executeUpdate();
    }
    UserCache cache = UserStorageUtil.userCache(session);
    if (cache != null) {
      cache.evict(realm);
    }
  }

  private void endSessions(boolean offline) {
    List<String> ids = sessions(offline);
    for (int first = 0; first < ids.size(); first += PORTION) {
      List<String> portion = ids.subList(first, Math.min(first + PORTION, ids.size()));
      withClient(
          (session, client) -> portion.forEach(id -> endSession(session, client, id, offline)));
    }
  }

  private List<String> sessions(boolean offline) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory,
        session -> {
          RealmModel realm = session.realms().getRealm(realmId);
          ClientModel client = realm == null ? null : realm.getClientById(clientUuid);
          if (client == null) {
            return List.of();
          }
          session.getContext().setRealm(realm);
          Stream<UserSessionModel> found =
              offline
                  ? session.sessions().readOnlyStreamOfflineUserSessions(realm, client, -1, -1)
                  : session.sessions().readOnlyStreamUserSessions(realm, client, -1, -1);
          return found.map(UserSessionModel::getId).toList();
        });
  }

  private static void endSession(
      KeycloakSession session, ClientModel client, String id, boolean offline) {
    RealmModel realm = client.getRealm();
    UserSessionModel user =
        offline
            ? session.sessions().getOfflineUserSession(realm, id)
            : session.sessions().getUserSession(realm, id);
    if (user == null) {
      return;
    }
    if (offline) {
      new UserSessionManager(session)
          .removeClientFromOfflineUserSession(realm, user, client, user.getUser());
    } else {
      AuthenticatedClientSessionModel own =
          user.getAuthenticatedClientSessionByClient(client.getId());
      if (own != null) {
        own.detachFromUserSession();
      }
    }
  }
}
