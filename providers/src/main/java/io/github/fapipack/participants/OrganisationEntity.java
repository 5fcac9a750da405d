package io.github.fapipack.participants;

import io.github.fapipack.ecosystem.ParticipantState;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import java.util.stream.Stream;

/** A row of the table of organisations; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_ORGANISATION")
@Access(AccessType.FIELD)
public class OrganisationEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  /** The directory's id. */
  @Column(name = "ORGANISATION_ID", updatable = false)
  String organisationId;

  @Column(name = "NAME")
  String name;

  /** Whether the latest list of the directory names it. */
  @Column(name = "LISTED")
  boolean listed;

  @Column(name = "LIST_STATE")
  @Enumerated(EnumType.STRING)
  ParticipantState listState;

  @Column(name = "LIST_WHY")
  String listWhy;

  @Column(name = "LIST_SINCE")
  Long listSince;

  @Column(name = "ADMIN_STATE")
  @Enumerated(EnumType.STRING)
  ParticipantState adminState;

  @Column(name = "ADMIN_WHY")
  String adminWhy;

  @Column(name = "ADMIN_SINCE")
  Long adminSince;

  @Column(name = "ADMIN_BY")
  String adminBy;

  protected OrganisationEntity() {}

  OrganisationEntity(String realmId, String organisationId, String name) {
    this.id = UUID.randomUUID().toString();
    this.realmId = realmId;
    this.organisationId = organisationId;
    this.name = name;
  }

  final Decision byList() {
    return listState == null
        ? null
        : new Decision(listState, Decision.Source.LIST, listWhy, listSince, null, true);
  }

  final Decision byAdministrator() {
    return adminState == null
        ? null
        : new Decision(
            adminState, Decision.Source.ADMINISTRATOR, adminWhy, adminSince, adminBy, true);
  }

  final void list(ParticipantState state, String why, long now) {
    if (state != listState) {
      listSince = now;
    }
    listState = state;
    listWhy = why;
  }

  final void decide(ParticipantState state, String why, long now, String by) {
    boolean lifted = state == ParticipantState.ACTIVE;
    adminState = lifted ? null : state;
    adminWhy = lifted ? null : why;
    adminSince = lifted ? null : Long.valueOf(now);
    adminBy = lifted ? null : by;
  }

  /** The state of the organisation, whatever its software is. */
  final ParticipantState state() {
    return Decision.worst(Stream.of(byAdministrator(), byList()))
        .map(Decision::state)
        .orElse(ParticipantState.ACTIVE);
  }
}
