package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables of participants of one realm, within the transaction of an entity manager. Whoever
 * changes a row locks the row of its organisation first, so that the state of a software always is
 * the worst of what is stored.
 */
final class ParticipantTable {

  /** How many ids one query has. */
  private static final int PORTION = 500;

  private final EntityManager entities;
  private final String realmId;

  ParticipantTable(EntityManager entities, String realmId) {
    this.entities = entities;
    this.realmId = realmId;
  }

  Optional<SoftwareEntity> software(String field, String value) {
    return entities
        .createQuery(
            "select s from SoftwareEntity s where s.realmId = :realm and s." + field + " = :value",
            SoftwareEntity.class)
        .setParameter("realm", realmId)
        .setParameter("value", value)
        .getResultStream()
        .findFirst();
  }

  Optional<OrganisationEntity> organisation(String organisationId) {
    return organisations(List.of(organisationId), LockModeType.NONE).stream().findFirst();
  }

  Optional<OrganisationEntity> organisationByRow(String id) {
    return entities
        .createQuery(
            "select o from OrganisationEntity o where o.realmId = :realm and o.id = :id",
            OrganisationEntity.class)
        .setParameter("realm", realmId)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  private List<OrganisationEntity> organisations(Collection<String> ids, LockModeType lock) {
    return entities
        .createQuery(
            "select o from OrganisationEntity o where o.realmId = :realm"
                + " and o.organisationId in (:ids) order by o.organisationId",
            OrganisationEntity.class)
        .setParameter("realm", realmId)
        .setParameter("ids", ids)
        .setLockMode(lock)
        .getResultList();
  }

  /** Organisations by their ids, locked and with what is committed; those that exist. */
  Map<String, OrganisationEntity> locked(Collection<String> ids) {
    Map<String, OrganisationEntity> found = new HashMap<>();
    for (OrganisationEntity row : organisations(ids, LockModeType.PESSIMISTIC_WRITE)) {
      entities.refresh(row);
      found.put(row.organisationId, row);
    }
    return found;
  }

  /** The software of organisations, with what is committed. */
  List<SoftwareEntity> softwareOf(Collection<String> organisationIds) {
    return entities
        .createQuery(
            "select s from SoftwareEntity s where s.realmId = :realm"
                + " and s.organisationId in (:ids) order by s.softwareId",
            SoftwareEntity.class)
        .setParameter("realm", realmId)
        .setParameter("ids", organisationIds)
        .getResultList();
  }

  /** Those of some software that have a row. */
  List<String> knownSoftware(List<String> softwareIds) {
    List<String> known = new ArrayList<>();
    for (int first = 0; first < softwareIds.size(); first += PORTION) {
      known.addAll(
          entities
              .createQuery(
                  "select s.softwareId from SoftwareEntity s where s.realmId = :realm"
                      + " and s.softwareId in (:ids)",
                  String.class)
              .setParameter("realm", realmId)
              .setParameter(
                  "ids", softwareIds.subList(first, Math.min(first + PORTION, softwareIds.size())))
              .getResultList());
    }
    return known;
  }

  void add(Object row) {
    entities.persist(row);
  }

  void flush() {
    entities.flush();
  }

  void refresh(Object row) {
    entities.refresh(row);
  }

  /** The clients that are not active, by their internal ids; a state that is to be ended counts. */
  Map<String, ParticipantState> inactive() {
    Map<String, ParticipantState> found = new HashMap<>();
    entities
        .createQuery(
            "select s.clientUuid, s.state, s.unfinished from SoftwareEntity s"
                + " where s.realmId = :realm and s.clientUuid is not null"
                + " and (s.state <> :active or s.unfinished is not null)",
            Object[].class)
        .setFlushMode(FlushModeType.COMMIT)
        .setParameter("realm", realmId)
        .setParameter("active", ParticipantState.ACTIVE)
        .getResultStream()
        .forEach(
            row ->
                found.put(
                    (String) row[0],
                    row[2] == null
                        ? (ParticipantState) row[1]
                        : ParticipantState.worst(
                            (ParticipantState) row[1], (ParticipantState) row[2])));
    return found;
  }

  /** How many software with a client has each state. */
  Map<ParticipantState, Long> counts() {
    Map<ParticipantState, Long> counts = new EnumMap<>(ParticipantState.class);
    entities
        .createQuery(
            "select s.state, count(s) from SoftwareEntity s"
                + " where s.realmId = :realm and s.clientUuid is not null group by s.state",
            Object[].class)
        .setParameter("realm", realmId)
        .getResultStream()
        .forEach(row -> counts.put((ParticipantState) row[0], (Long) row[1]));
    return counts;
  }

  /** The software whose client has registered with a certificate that ends before a time. */
  List<SoftwareEntity> certificatesEnding(long before, int most) {
    return entities
        .createQuery(
            "select s from SoftwareEntity s where s.realmId = :realm and s.clientUuid is not null"
                + " and s.certificateNotAfter < :before order by s.certificateNotAfter",
            SoftwareEntity.class)
        .setParameter("realm", realmId)
        .setParameter("before", before)
        .setMaxResults(most)
        .getResultList();
  }

  /** The software whose client has still to be ended. */
  List<SoftwareEntity> unfinished(int most) {
    return entities
        .createQuery(
            "select s from SoftwareEntity s where s.realmId = :realm and s.unfinished is not null"
                + " order by s.id",
            SoftwareEntity.class)
        .setParameter("realm", realmId)
        .setMaxResults(most)
        .getResultList();
  }

  Optional<DirectoryEntity> directory() {
    return Optional.ofNullable(entities.find(DirectoryEntity.class, realmId));
  }

  /** Every row of organisations: id, whether it is listed, state in the list, name. */
  List<Object[]> organisationStates() {
    return entities
        .createQuery(
            "select o.organisationId, o.listed, o.listState, o.listWhy, o.name"
                + " from OrganisationEntity o where o.realmId = :realm",
            Object[].class)
        .setParameter("realm", realmId)
        .getResultList();
  }

  /**
   * Every row of software: id, organisation, whether it is listed, state in the list, and so on.
   */
  List<Object[]> softwareStates() {
    return entities
        .createQuery(
            "select s.softwareId, s.organisationId, s.listed, s.listState, s.listWhy, s.name,"
                + " s.state, s.clientUuid from SoftwareEntity s where s.realmId = :realm",
            Object[].class)
        .setParameter("realm", realmId)
        .getResultList();
  }

  /** What a search selects, with the rows of the organisations. */
  <T> TypedQuery<T> select(String what, Class<T> type, Search search, String order) {
    StringBuilder query =
        new StringBuilder("select ")
            .append(what)
            .append(
                " from SoftwareEntity s left join OrganisationEntity o on o.realmId = s.realmId")
            .append(" and o.organisationId = s.organisationId left join ClientEntity c")
            .append(" on c.id = s.clientUuid where s.realmId = :realm");
    if (search.registered() != null) {
      query.append(" and s.clientUuid is ").append(search.registered() ? "not null" : "null");
    }
    if (search.organisation() != null) {
      query.append(" and o.id = :organisation");
    }
    if (search.state() != null) {
      query.append(" and s.state = :state");
    }
    if (search.text() != null) {
      query.append(" and (");
      query.append(
          String.join(
              " or ",
              List.of("s.softwareId", "s.name", "s.organisationId", "o.name", "c.clientId").stream()
                  .map(field -> "lower(" + field + ") like :text escape '!'")
                  .toList()));
      query.append(")");
    }
    TypedQuery<T> made =
        entities.createQuery(query.append(order).toString(), type).setParameter("realm", realmId);
    if (search.organisation() != null) {
      made.setParameter("organisation", search.organisation());
    }
    if (search.state() != null) {
      made.setParameter("state", search.state());
    }
    if (search.text() != null) {
      made.setParameter("text", "%" + search.escapedText() + "%");
    }
    return made;
  }

  /** Deletes everything of the realm. */
  void deleteAll() {
    for (String entity : List.of("SoftwareEntity", "OrganisationEntity", "DirectoryEntity")) {
      entities
          .createQuery("delete from " + entity + " e where e.realmId = :realm")
          .setParameter("realm", realmId)
          .executeUpdate();
    }
  }

  /** The client has been deleted; what is decided about its software stays. */
  void clientRemoved(String clientUuid) {
    entities
        .createQuery(
            "update SoftwareEntity s set s.clientUuid = null, s.unfinished = null"
                + " where s.realmId = :realm and s.clientUuid = :client")
        .setParameter("realm", realmId)
        .setParameter("client", clientUuid)
        .executeUpdate();
  }
}
