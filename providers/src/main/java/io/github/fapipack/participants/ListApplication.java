package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Applies a directory's list to a realm, some organisations in each transaction. */
public final class ListApplication {

  /** How many organisations are changed in one transaction. */
  private static final int PORTION = 100;

  private final KeycloakSessionFactory factory;
  private final String realmId;
  private final ListUpdate update;

  /**
   * @param missing the state of what was in the list and is not any more; active for no change
   */
  public ListApplication(
      KeycloakSessionFactory factory,
      String realmId,
      PublishedList list,
      ParticipantState missing) {
    this.factory = factory;
    this.realmId = realmId;
    this.update = new ListUpdate(realmId, list, missing);
  }

  /** What would change. */
  public ListPlan plan() {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        factory, session -> update.plan(Participants.table(session, realmId)));
  }

  /** Makes the changes. */
  public void apply(ListPlan plan) {
    List<String> ids = plan.organisationIds();
    for (int first = 0; first < ids.size(); first += PORTION) {
      List<String> portion = ids.subList(first, Math.min(first + PORTION, ids.size()));
      try {
        inTransaction(portion);
      } catch (RuntimeException e) {
        // Software that was registered at the same time has a row now.
        inTransaction(portion);
      }
    }
  }

  private void inTransaction(List<String> organisationIds) {
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session ->
            AfterCommit.of(session, realmId)
                .add(
                    update.apply(
                        Participants.table(session, realmId),
                        organisationIds,
                        Time.currentTimeMillis())));
  }
}
