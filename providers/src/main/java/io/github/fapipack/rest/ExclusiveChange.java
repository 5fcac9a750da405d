package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.change.Changes;
import io.github.fapipack.change.Conflict;
import io.github.fapipack.profile.Where;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.util.JsonSerialization;

/**
 * Changes a realm: one administrator at a time in the whole cluster, and in one transaction, so
 * that a crash leaves the realm unchanged.
 */
final class ExclusiveChange {

  private static final Logger LOGGER = Logger.getLogger(ExclusiveChange.class);

  /** Seconds after which the lock of a crashed server is ignored. */
  private static final int LONGEST = 300;

  /**
   * Seconds after which nothing is committed: the transaction of the request ends after 300, and
   * the caller would not learn what was done.
   */
  private static final int TIMEOUT = 240;

  private final long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT);
  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminEventBuilder event;
  private final Predicate<ClientModel> manageable;

  ExclusiveChange(
      KeycloakSession session,
      RealmModel realm,
      AdminEventBuilder event,
      Predicate<ClientModel> manageable) {
    this.session = session;
    this.realm = realm;
    this.event = event;
    this.manageable = manageable;
  }

  /** Runs a task under the realm's lock, or answers why it cannot. */
  Response run(Callable<Response> task) {
    try {
      ExecutionResult<Response> result =
          session
              .getProvider(ClusterProvider.class)
              .executeIfNotExecuted("fapi-apply::" + realm.getId(), LONGEST, task);
      return result.isExecuted()
          ? result.getResult()
          : conflict("somebody else is changing this realm just now; try again", List.of());
    } catch (RuntimeException e) {
      return failure(e);
    }
  }

  private static Response failure(RuntimeException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof Conflict conflict) {
        return conflict(conflict.getMessage(), conflict.places());
      }
      if (cause instanceof WebApplicationException own) {
        throw own;
      }
    }
    LOGGER.error("A realm could not be changed; it is as it was", e);
    return conflict("Keycloak has refused a change, so that nothing has been changed", List.of());
  }

  static Response conflict(String sentence, List<Where> places) {
    ObjectNode answer = JsonSerialization.createObjectNode().put("errorMessage", sentence);
    if (!places.isEmpty()) {
      answer.set("conflicts", JsonSerialization.mapper.valueToTree(places));
    }
    return JsonAnswer.of(Status.CONFLICT, answer);
  }

  /** The changes within a session of {@link #inSession}. */
  Changes changes(KeycloakSession writing) {
    return new Changes(writing, writing.getContext().getRealm(), event, manageable);
  }

  /** Runs something in a separate session; an exception rolls back all of it. */
  <T> T inSession(Function<KeycloakSession, T> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        session.getKeycloakSessionFactory(),
        session.getContext(),
        writing -> {
          T result = work.apply(writing);
          if (System.nanoTime() - deadline > 0) {
            throw new Conflict(
                "it has taken longer than " + TIMEOUT + " seconds; nothing has been changed",
                List.of());
          }
          return result;
        },
        "FAPI profile");
  }
}
