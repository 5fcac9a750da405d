package io.github.fapipack.scheme;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What a directory publishes for everybody. Organisations about which the operator has not decided
 * are not part of it.
 */
public final class Publication {

  /** Hibernate keeps no copy of such entities to find changes. */
  private static final String READ_ONLY = "org.hibernate.readOnly";

  private final EntityManager entities;
  private final String realmId;

  private Publication(EntityManager entities, String realmId) {
    this.entities = entities;
    this.realmId = realmId;
  }

  /** That of the realm of the session's context. */
  public static Publication of(KeycloakSession session) {
    return new Publication(
        session.getProvider(JpaConnectionProvider.class).getEntityManager(),
        session.getContext().getRealm().getId());
  }

  /** The number of the latest change; the list is stale when it has grown. */
  public long changes() {
    return Changes.of(entities, realmId);
  }

  /** The list of participants. */
  public JsonNode participants(SchemeTemplate template, DirectoryAddresses addresses) {
    Map<String, Organisation> organisations = organisations();
    return template.participants(
        addresses, List.copyOf(organisations.values()), software(organisations));
  }

  private Map<String, Organisation> organisations() {
    Map<String, Organisation> found = new LinkedHashMap<>();
    entities
        .createQuery(
            "select "
                + Rows.ORGANISATION
                + " from OrganizationEntity k"
                + " join SchemeOrganisationEntity o on o.id = k.id"
                + " where k.realmId = :realm and o.standing <> :pending order by k.id",
            Object[].class)
        .setHint(READ_ONLY, true)
        .setParameter("realm", realmId)
        .setParameter("pending", Standing.PENDING)
        .getResultStream()
        .map(Rows::organisation)
        .forEach(organisation -> found.put(organisation.id(), organisation));
    return found;
  }

  /** Values and no entities, of which there would be thousands. */
  private Map<String, List<Software>> software(Map<String, Organisation> organisations) {
    Map<String, List<Software>> found = new HashMap<>();
    entities
        .createQuery(
            "select s.id, s.version, s.data, s.organisationId, s.standing, s.createdAt, s.changedAt"
                + " from SchemeSoftwareEntity s where s.realmId = :realm order by s.id",
            Object[].class)
        .setParameter("realm", realmId)
        .getResultStream()
        .filter(row -> organisations.containsKey((String) row[3]))
        .forEach(
            row ->
                found
                    .computeIfAbsent((String) row[3], id -> new ArrayList<>())
                    .add(software(row, organisations.get((String) row[3]))));
    return found;
  }

  private static Software software(Object[] row, Organisation organisation) {
    String id = (String) row[0];
    long version = (Long) row[1];
    SoftwareData data = SoftwareTexts.of(id, version, (String) row[2]);
    Standing standing = (Standing) row[4];
    return new Software(
        id,
        organisation.id(),
        data,
        standing,
        standing.worse(organisation.standing()),
        null,
        Rows.roles(data, organisation),
        Instant.ofEpochMilli((Long) row[5]),
        Instant.ofEpochMilli((Long) row[6]),
        version);
  }

  /** A software that is published; empty if there is none. */
  public Optional<Software> software(String organisationId, String softwareId) {
    return organisation(organisationId)
        .flatMap(
            organisation ->
                row(SchemeSoftwareEntity.class, softwareId)
                    .filter(row -> row.realmId.equals(realmId))
                    .filter(row -> row.organisationId.equals(organisationId))
                    .map(row -> Rows.software(row, organisation)))
        .filter(software -> software.effective() != Standing.PENDING);
  }

  /**
   * The keys of an organisation or, with its id, of one of its software. Whatever is not active has
   * no active keys.
   *
   * @param active whether the active keys are meant, or the others
   * @return empty if there is no such organisation or software
   */
  public Optional<List<PublishedKey>> keys(
      String organisationId, String softwareId, boolean active) {
    Optional<Standing> standing =
        softwareId == null
            ? organisation(organisationId).map(Organisation::standing)
            : software(organisationId, softwareId).map(Software::effective);
    return standing.map(
        owner ->
            PublishedKeys.of(entities, realmId, organisationId, softwareId).stream()
                .filter(key -> (owner == Standing.ACTIVE && key.revokedAt() == null) == active)
                .toList());
  }

  private Optional<Organisation> organisation(String id) {
    return Checked.isId(id)
        ? entities
            .createQuery(
                "select "
                    + Rows.ORGANISATION
                    + " from OrganizationEntity k join SchemeOrganisationEntity o on o.id = k.id"
                    + " where k.realmId = :realm and k.id = :id and o.standing <> :pending",
                Object[].class)
            .setParameter("realm", realmId)
            .setParameter("id", id)
            .setParameter("pending", Standing.PENDING)
            .getResultStream()
            .findFirst()
            .map(Rows::organisation)
        : Optional.empty();
  }

  private <T> Optional<T> row(Class<T> type, String id) {
    return Checked.isId(id) ? Optional.ofNullable(entities.find(type, id)) : Optional.empty();
  }
}
