package io.github.fapipack.participants;

import io.github.fapipack.rule.RequestKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Tells the nodes of the cluster and the rest of the pack of changes that are committed. */
final class AfterCommit extends AbstractKeycloakTransaction {

  private static final RequestKey<Map<String, AfterCommit>> KEPT = new RequestKey<>();

  private final KeycloakSessionFactory factory;
  private final String realmId;
  private final List<StateChange> changes = new ArrayList<>();
  private boolean stale;

  private AfterCommit(KeycloakSessionFactory factory, String realmId) {
    this.factory = factory;
    this.realmId = realmId;
  }

  static AfterCommit of(KeycloakSession session, String realmId) {
    return KEPT.in(session, HashMap::new)
        .computeIfAbsent(
            realmId,
            id -> {
              AfterCommit made = new AfterCommit(session.getKeycloakSessionFactory(), id);
              session.getTransactionManager().enlistAfterCompletion(made);
              return made;
            });
  }

  /** Whether the session has changed something that is not committed. */
  static boolean isPending(KeycloakSession session, String realmId) {
    return KEPT.in(session)
        .map(made -> made.get(realmId))
        .filter(made -> !made.changes.isEmpty())
        .isPresent();
  }

  void add(List<StateChange> made) {
    changes.addAll(made);
  }

  /** What is stored has changed without a change of a state. */
  void refresh() {
    stale = true;
  }

  @Override
  protected void commitImpl() {
    if (stale || !changes.isEmpty()) {
      InactiveClients.invalidate(factory);
    }
    if (!changes.isEmpty()) {
      factory.publish(new ParticipantsChanged(factory, realmId, changes));
    }
  }

  @Override
  protected void rollbackImpl() {
    // Nothing has changed.
  }
}
