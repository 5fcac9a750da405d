package io.github.fapipack.doctor;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Changes a realm: one administrator at a time in the whole cluster, and in one transaction, so
 * that a crash leaves the realm as it was.
 */
final class Surgery {

  /** Seconds after which the lock of a server that died in the middle counts for nothing. */
  private static final int LONGEST = 300;

  /**
   * Seconds after which nothing is committed: the transaction of the request ends after 300, and
   * whoever asked would get no answer about what has been done.
   */
  private static final int PATIENCE = 240;

  private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminEventBuilder event;
  private final Predicate<ClientModel> manageable;

  Surgery(
      KeycloakSession session,
      RealmModel realm,
      AdminEventBuilder event,
      Predicate<ClientModel> manageable) {
    this.session = session;
    this.realm = realm;
    this.event = event;
    this.manageable = manageable;
  }

  /**
   * Does something while nobody else does the same to this realm.
   *
   * @return nothing, if somebody else is at it
   */
  <T> Optional<T> alone(Callable<T> task) {
    ExecutionResult<T> result =
        session
            .getProvider(ClusterProvider.class)
            .executeIfNotExecuted("fapi-apply::" + realm.getId(), LONGEST, task);
    return result.isExecuted() ? Optional.of(result.getResult()) : Optional.empty();
  }

  /** Makes changes; all of them or none. */
  List<Change> make(List<Change> changes) {
    return inTransaction(work -> work.make(changes));
  }

  /** Takes changes back; all of them or none. */
  List<Change> takeBack(List<Change> changes) {
    return inTransaction(work -> work.takeBack(changes));
  }

  private List<Change> inTransaction(Function<Changes, List<Change>> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(),
        session.getContext(),
        writing ->
            work.apply(new Changes(writing, writing.getContext().getRealm(), event, manageable)),
        "FAPI profile");
  }
}
