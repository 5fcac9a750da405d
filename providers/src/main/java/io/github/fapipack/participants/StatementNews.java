package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Stores what a genuine statement says of the state of a registered software, although the request
 * that brought it is refused. It is stored after that request, whose locks it would wait for.
 */
public final class StatementNews extends AbstractKeycloakTransaction {

  private final KeycloakSessionFactory factory;
  private final String realmId;
  private final String softwareId;
  private final ParticipantState said;
  private final long issuedAt;

  private StatementNews(
      KeycloakSession session, String softwareId, ParticipantState state, long issuedAt) {
    this.factory = session.getKeycloakSessionFactory();
    this.realmId = session.getContext().getRealm().getId();
    this.softwareId = softwareId;
    this.said = state;
    this.issuedAt = issuedAt;
  }

  /**
   * Has the state stored when the request ends, unless a newer statement is known.
   *
   * @param issuedAt when the statement was issued, in milliseconds since 1970
   */
  public static void note(
      KeycloakSession session, String softwareId, ParticipantState state, long issuedAt) {
    session
        .getTransactionManager()
        .enlistAfterCompletion(new StatementNews(session, softwareId, state, issuedAt));
  }

  @Override
  protected void commitImpl() {
    store();
  }

  @Override
  protected void rollbackImpl() {
    store();
  }

  private void store() {
    KeycloakModelUtils.runJobInTransaction(
        factory,
        session -> {
          RealmModel realm = session.realms().getRealm(realmId);
          if (realm != null) {
            session.getContext().setRealm(realm);
            store(session, realm);
          }
        });
  }

  private void store(KeycloakSession session, RealmModel realm) {
    ParticipantTable table = Participants.table(session, realmId);
    Optional<SoftwareEntity> known =
        table.software("softwareId", softwareId).filter(row -> row.clientUuid != null);
    if (known.isEmpty()) {
      return;
    }
    SoftwareEntity row = known.get();
    OrganisationEntity organisation =
        table.locked(List.of(row.organisationId)).get(row.organisationId);
    table.refresh(row);
    boolean isOlder = row.statementAt != null && issuedAt / 1000 < row.statementAt / 1000;
    ParticipantState before =
        row.statementState == null ? ParticipantState.ACTIVE : row.statementState;
    if (row.clientUuid == null || isOlder || said == before) {
      return;
    }
    row.state(said, null, Time.currentTimeMillis());
    row.statementAt = issuedAt;
    new Registrations(session, realm, table).settle(row, organisation);
    table.flush();
  }
}
