package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The participants of a realm's ecosystem, in the transaction of a session. The state of a software
 * is the worst of what the directory's list, its software statement and an administrator say of it
 * and of its organisation.
 */
public final class Participants {
  private final KeycloakSession session;
  private final RealmModel realm;
  private final ParticipantTable table;

  private Participants(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
    this.table = table(session, realm.getId());
  }

  /** Those of the realm of the session's context. */
  public static Participants of(KeycloakSession session) {
    return new Participants(session, session.getContext().getRealm());
  }

  static ParticipantTable table(KeycloakSession session, String realmId) {
    return new ParticipantTable(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(), realmId);
  }

  /** The software with an id of the directory, if it is known. */
  public Optional<Software> bySoftwareId(String softwareId) {
    return NewSoftware.isId(softwareId)
        ? table.software("softwareId", softwareId).map(this::read)
        : Optional.empty();
  }

  /** The software of a client; empty if the client is not under the control of the directory. */
  public Optional<Software> byClient(ClientModel client) {
    return table.software("clientUuid", client.getId()).map(this::read);
  }

  /** The software of a row. */
  public Optional<Software> byRow(String id) {
    return table.software("id", id).map(this::read);
  }

  private Software read(SoftwareEntity row) {
    return Rows.read(row, table.organisation(row.organisationId).orElse(null));
  }

  /** The state that a software has, or would have if it was registered now. */
  public ParticipantState stateFor(String organisationId, String softwareId) {
    return decisionFor(organisationId, softwareId)
        .map(Decision::state)
        .orElse(ParticipantState.ACTIVE);
  }

  /** What makes the state that a software has, or would have; empty if it is active. */
  public Optional<Decision> decisionFor(String organisationId, String softwareId) {
    OrganisationEntity organisation =
        NewSoftware.isId(organisationId) ? table.organisation(organisationId).orElse(null) : null;
    Optional<SoftwareEntity> software =
        NewSoftware.isId(softwareId) ? table.software("softwareId", softwareId) : Optional.empty();
    if (software.isPresent()) {
      return software.get().decision(organisation);
    }
    return organisation == null
        ? Optional.empty()
        : Decision.worst(Stream.of(organisation.byAdministrator(), organisation.byList()));
  }

  /**
   * What makes a client other than active, as this node knows it: at most a few seconds old.
   *
   * @return empty if the client is active, or not under the control of a directory
   * @throws RuntimeException if the state cannot be read
   */
  public static Optional<ParticipantState> inactive(KeycloakSession session, ClientModel client) {
    return InactiveClients.state(session, client);
  }

  /**
   * Stores the client of a software, in this transaction.
   *
   * @throws AlreadyRegistered if the software has a client; the transaction must be rolled back
   */
  public void register(NewSoftware statement, ClientModel client) throws AlreadyRegistered {
    registrations().register(statement, client);
  }

  /**
   * Stores what a newer software statement of a registered client says.
   *
   * @return false if the client has been deleted meanwhile; the transaction must be rolled back
   */
  public boolean update(NewSoftware statement, ClientModel client) {
    return registrations().update(statement, client);
  }

  /**
   * Waits until nobody else registers, updates or deletes the client of a software.
   *
   * @return false if the client has been deleted meanwhile
   */
  public boolean lock(ClientModel client) {
    return registrations().lock(client);
  }

  private Registrations registrations() {
    return new Registrations(session, realm, table);
  }

  /** Frees the software of a client that is about to be deleted; what is decided of it stays. */
  public void unregister(ClientModel client) {
    table.clientRemoved(client.getId());
  }

  private void settle(SoftwareEntity row, OrganisationEntity organisation) {
    registrations().settle(row, organisation);
  }

  /**
   * Sets or lifts the administrator's own state of a software.
   *
   * @param id the id of the row
   * @param state active lifts it
   * @param by the name of the administrator
   * @return empty if there is no such row
   */
  public Optional<Software> decide(String id, ParticipantState state, String why, String by) {
    return table
        .software("id", id)
        .map(
            row -> {
              OrganisationEntity organisation =
                  table.locked(List.of(row.organisationId)).get(row.organisationId);
              table.refresh(row);
              row.decide(state, Rows.text(why, Rows.WHY), Time.currentTimeMillis(), by);
              settle(row, organisation);
              table.flush();
              return Rows.read(row, organisation);
            });
  }

  /** The same for an organisation; true if there is such a row. */
  public boolean decideOrganisation(String id, ParticipantState state, String why, String by) {
    Optional<OrganisationEntity> found = table.organisationByRow(id);
    if (found.isEmpty()) {
      return false;
    }
    String organisationId = found.get().organisationId;
    OrganisationEntity row = table.locked(List.of(organisationId)).get(organisationId);
    row.decide(state, Rows.text(why, Rows.WHY), Time.currentTimeMillis(), by);
    table
        .softwareOf(List.of(organisationId))
        .forEach(
            software -> {
              table.refresh(software);
              settle(software, row);
            });
    table.flush();
    return true;
  }

  /** One page of what a search selects, sorted by the names of organisation and software. */
  public List<Software> page(Search search, int first, int max) {
    return table
        .select(
            "s, o",
            Object[].class,
            search,
            " order by o.name, s.organisationId, s.name, s.softwareId")
        .setFirstResult(first)
        .setMaxResults(max)
        .getResultStream()
        .map(row -> Rows.read((SoftwareEntity) row[0], (OrganisationEntity) row[1]))
        .toList();
  }

  /** How many software a search selects. */
  public long count(Search search) {
    return table.select("count(s)", Long.class, search, "").getSingleResult();
  }

  /** How many software with a client has each state. */
  public Map<ParticipantState, Long> counts() {
    return table.counts();
  }

  /**
   * The software whose client has registered with a certificate that ends before a time, the first
   * one first.
   */
  public List<Software> certificatesEnding(long before, int most) {
    return table.certificatesEnding(before, most).stream().map(this::read).toList();
  }

  /** What is known of the realm's directory; empty before the first attempt to read its list. */
  public Optional<DirectoryStatus> directory() {
    return table.directory().map(DirectoryEntity::read);
  }

  /** Stores what is known of the realm's directory. */
  public void save(DirectoryStatus status) {
    Optional<DirectoryEntity> known = table.directory();
    DirectoryEntity row = known.orElseGet(() -> new DirectoryEntity(realm.getId()));
    row.write(status);
    if (known.isEmpty()) {
      table.add(row);
    }
    table.flush();
  }

  /** The internal ids of clients that have still to be ended, and how. */
  public Map<String, ParticipantState> unfinished(int most) {
    Map<String, ParticipantState> found = new LinkedHashMap<>();
    table.unfinished(most).forEach(row -> found.put(row.clientUuid, row.unfinished));
    return found;
  }

  /** Notes that a client was ended as far as its state demands. */
  public void finished(String clientUuid) {
    table.software("clientUuid", clientUuid).ifPresent(row -> row.unfinished = null);
    AfterCommit.of(session, realm.getId()).refresh();
  }
}
