package io.github.fapipack.grantmanagement;

import io.github.fapipack.bridge.KnownConsents;
import java.util.function.ToIntFunction;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.timer.ScheduledTask;

/**
 * Deletes expired grants (Grant Management 5.6.3), and those whose user or client was deleted
 * without an event, a thousand per transaction, and what is known of consents that nobody needs any
 * more. Only one server of a cluster does it at a time.
 */
final class PruneGrants implements ScheduledTask {

  private static final int BATCH = 1000;

  /** If the task has not ended after this many seconds, another server may take over. */
  private static final int TIMEOUT_SECONDS = 3600;

  @Override
  public void run(KeycloakSession session) {
    session
        .getProvider(ClusterProvider.class)
        .executeIfNotExecuted(
            getTaskName(),
            TIMEOUT_SECONDS,
            () -> {
              prune(session.getKeycloakSessionFactory());
              return null;
            });
  }

  private static void prune(KeycloakSessionFactory factory) {
    int deleted;
    do {
      deleted = inTransaction(factory, PruneGrants::deleteExpired);
    } while (deleted == BATCH);
    inTransaction(factory, OrphanedGrants::delete);
    do {
      deleted = inTransaction(factory, session -> KnownConsents.of(session).prune(BATCH));
    } while (deleted == BATCH);
  }

  private static int deleteExpired(KeycloakSession session) {
    return JpaGrants.table(session, GrantLimits.DEFAULT).deleteExpired(BATCH);
  }

  private static int inTransaction(
      KeycloakSessionFactory factory, ToIntFunction<KeycloakSession> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(factory, work::applyAsInt);
  }

  @Override
  public String getTaskName() {
    return "fapi-prune-grants";
  }
}
