package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** How the software of a realm gets, changes and loses its client. */
record Registrations(KeycloakSession session, RealmModel realm, ParticipantTable table) {
  private static final Logger LOGGER = Logger.getLogger(Registrations.class);

  /**
   * Stores the client of a software, in this transaction.
   *
   * @throws AlreadyRegistered if the software has a client; the transaction must be rolled back
   */
  public void register(NewSoftware statement, ClientModel client) throws AlreadyRegistered {
    OrganisationEntity organisation = organisation(statement);
    Optional<SoftwareEntity> known = table.software("softwareId", statement.softwareId());
    known.ifPresent(table::refresh);
    if (known.filter(this::hasClient).isPresent()) {
      throw new AlreadyRegistered(statement.softwareId());
    }
    SoftwareEntity row =
        known.orElseGet(
            () ->
                new SoftwareEntity(
                    realm.getId(),
                    statement.softwareId(),
                    statement.organisationId(),
                    statement.softwareName()));
    row.clientUuid = client.getId();
    row.registeredAt = Time.currentTimeMillis();
    row.unfinished = null;
    Rows.write(row, statement);
    try {
      if (known.isEmpty()) {
        table.add(row);
      }
      settle(row, organisation);
      table.flush();
    } catch (PersistenceException | ModelException e) {
      throw new AlreadyRegistered(statement.softwareId(), e);
    }
  }

  /**
   * Stores what a newer software statement of a registered client says.
   *
   * @return false if the client has been deleted meanwhile; the transaction must be rolled back
   */
  public boolean update(NewSoftware statement, ClientModel client) {
    try {
      OrganisationEntity organisation = organisation(statement);
      Optional<SoftwareEntity> row = current(client);
      if (row.isEmpty()) {
        return false;
      }
      Rows.write(row.get(), statement);
      settle(row.get(), organisation);
      table.flush();
      return true;
    } catch (PersistenceException | ModelException e) {
      LOGGER.debug("A client was updated and deleted at once", e);
      return false;
    }
  }

  /**
   * Waits until nobody else registers, updates or deletes the client of a software.
   *
   * @return false if the client has been deleted meanwhile
   */
  public boolean lock(ClientModel client) {
    return table
        .software("clientUuid", client.getId())
        .filter(
            row -> {
              table.locked(List.of(row.organisationId));
              return current(client).isPresent();
            })
        .isPresent();
  }

  /** The row of a client as it is committed. */
  private Optional<SoftwareEntity> current(ClientModel client) {
    Optional<SoftwareEntity> row = table.software("clientUuid", client.getId());
    row.ifPresent(table::refresh);
    return row.filter(one -> client.getId().equals(one.clientUuid));
  }

  private boolean hasClient(SoftwareEntity row) {
    return row.clientUuid != null && realm.getClientById(row.clientUuid) != null;
  }

  void settle(SoftwareEntity row, OrganisationEntity organisation) {
    ParticipantState before = row.settle(organisation);
    if (before != row.state) {
      AfterCommit.of(session, realm.getId()).add(List.of(Rows.change(row, organisation, before)));
    }
  }

  /** The row of the statement's organisation, which is created if need be, locked. */
  private OrganisationEntity organisation(NewSoftware statement) {
    String id = statement.organisationId();
    if (table.organisation(id).isEmpty()) {
      create(id, statement.organisationName());
    }
    OrganisationEntity row = table.locked(List.of(id)).get(id);
    if (row == null) {
      throw new IllegalStateException("the organisation cannot be stored");
    }
    if (statement.organisationName() != null) {
      row.name = Rows.text(statement.organisationName(), Rows.NAME);
    }
    return row;
  }

  /** In a transaction of its own, which fails if another one was faster. */
  private void create(String organisationId, String name) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          session.getKeycloakSessionFactory(),
          writing ->
              Participants.table(writing, realm.getId())
                  .add(
                      new OrganisationEntity(
                          realm.getId(), organisationId, Rows.text(name, Rows.NAME))));
    } catch (RuntimeException e) {
      if (table.organisation(organisationId).isEmpty()) {
        throw e;
      }
    }
  }
}
