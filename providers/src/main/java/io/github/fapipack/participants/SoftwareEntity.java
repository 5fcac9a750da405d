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
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A row of the table of software; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_SOFTWARE")
@Access(AccessType.FIELD)
public class SoftwareEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  /** The directory's id. */
  @Column(name = "SOFTWARE_ID", updatable = false)
  String softwareId;

  @Column(name = "ORGANISATION_ID")
  String organisationId;

  @Column(name = "NAME")
  String name;

  /** The client's internal id; null if the software has no client. */
  @Column(name = "CLIENT_UUID")
  String clientUuid;

  /** A JSON array of names. */
  @Column(name = "ROLES")
  String roles;

  @Column(name = "REGISTERED_AT")
  Long registeredAt;

  @Column(name = "STATEMENT_AT")
  Long statementAt;

  @Column(name = "CERT_SUBJECT")
  String certificateSubject;

  @Column(name = "CERT_THUMBPRINT")
  String certificateThumbprint;

  @Column(name = "CERT_NOT_AFTER")
  Long certificateNotAfter;

  /** Whether the latest list of the directory names it. */
  @Column(name = "LISTED")
  boolean listed;

  @Column(name = "STATEMENT_STATE")
  @Enumerated(EnumType.STRING)
  ParticipantState statementState;

  @Column(name = "STATEMENT_WHY")
  String statementWhy;

  @Column(name = "STATEMENT_SINCE")
  Long statementSince;

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

  /** The worst of all decisions about the software and its organisation. */
  @Column(name = "STATE")
  @Enumerated(EnumType.STRING)
  ParticipantState state = ParticipantState.ACTIVE;

  /** What of the client has still to be ended; null if nothing. */
  @Column(name = "UNFINISHED")
  @Enumerated(EnumType.STRING)
  ParticipantState unfinished;

  protected SoftwareEntity() {}

  SoftwareEntity(String realmId, String softwareId, String organisationId, String name) {
    this.id = UUID.randomUUID().toString();
    this.realmId = realmId;
    this.softwareId = softwareId;
    this.organisationId = organisationId;
    this.name = name;
  }

  final void list(ParticipantState decided, String why, long now) {
    if (decided != listState) {
      listSince = now;
    }
    listState = decided;
    listWhy = why;
  }

  final void state(ParticipantState decided, String why, long now) {
    if (decided != statementState) {
      statementSince = now;
    }
    statementState = decided;
    statementWhy = why;
  }

  final void decide(ParticipantState decided, String why, long now, String by) {
    boolean lifted = decided == ParticipantState.ACTIVE;
    adminState = lifted ? null : decided;
    adminWhy = lifted ? null : why;
    adminSince = lifted ? null : Long.valueOf(now);
    adminBy = lifted ? null : by;
  }

  /** The decision that makes its state; empty if it is active. */
  final Optional<Decision> decision(OrganisationEntity organisation) {
    return Decision.worst(
        Stream.of(
            byAdministrator(),
            organisation == null ? null : organisation.byAdministrator(),
            organisation == null ? null : organisation.byList(),
            byList(),
            byStatement()));
  }

  private Decision byList() {
    return listState == null
        ? null
        : new Decision(listState, Decision.Source.LIST, listWhy, listSince, null, false);
  }

  private Decision byStatement() {
    return statementState == null
        ? null
        : new Decision(
            statementState, Decision.Source.STATEMENT, statementWhy, statementSince, null, false);
  }

  final Decision byAdministrator() {
    return adminState == null
        ? null
        : new Decision(
            adminState, Decision.Source.ADMINISTRATOR, adminWhy, adminSince, adminBy, false);
  }

  /**
   * Computes the state anew, and notes what of its client has to be ended.
   *
   * @return the state before
   */
  final ParticipantState settle(OrganisationEntity organisation) {
    ParticipantState before = state;
    state = decision(organisation).map(Decision::state).orElse(ParticipantState.ACTIVE);
    if (clientUuid != null && state != before && state.compareTo(ParticipantState.WITHDRAWN) >= 0) {
      unfinished = unfinished == null ? state : ParticipantState.worst(state, unfinished);
    }
    return before;
  }
}
