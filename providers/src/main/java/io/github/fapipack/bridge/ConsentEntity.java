package io.github.fapipack.bridge;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table of consents. Times are in seconds since the epoch. */
@Entity
@Table(name = "FAPI_CONSENT")
@Access(AccessType.FIELD)
public class ConsentEntity {

  /** A hash of realm and consent, because some databases compare texts without their case. */
  @Id
  @Column(name = "ID", length = 64)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "CONSENT_ID", updatable = false)
  String consentId;

  /** The client_id of the client that named it; null if none has. */
  @Column(name = "CLIENT_ID")
  String clientId;

  /** The issuer as which the realm talks to the bank's consent service. */
  @Column(name = "ISSUER")
  String issuer;

  @Column(name = "SEEN_AT")
  long seenAt;

  /** When the row may be deleted. */
  @Column(name = "KEEP_UNTIL")
  long keepUntil;

  /** Null as long as the consent has not ended. */
  @Column(name = "ENDED_AT")
  Long endedAt;

  @Column(name = "ENDED_BY")
  String endedBy;

  /** When the service was told, or when it said so itself; null before that. */
  @Column(name = "TOLD_AT")
  Long toldAt;

  /** How often this server has tried to tell the service. */
  @Column(name = "ATTEMPTS")
  int attempts;

  /** When it tries again; null if there is nothing to tell. */
  @Column(name = "NEXT_ATTEMPT")
  Long nextAttempt;

  protected ConsentEntity() {}

  /** The row of a consent that has not ended. */
  static ConsentEntity of(String id, KnownConsent consent, long keepUntil) {
    ConsentEntity row = new ConsentEntity();
    row.id = id;
    row.realmId = consent.realmId();
    row.consentId = consent.consentId();
    row.clientId = consent.clientId();
    row.issuer = consent.issuer();
    row.seenAt = consent.seenAt();
    row.keepUntil = keepUntil;
    return row;
  }

  KnownConsent read() {
    return new KnownConsent(
        realmId,
        consentId,
        clientId,
        issuer,
        seenAt,
        endedAt,
        endedBy == null ? null : EndedBy.valueOf(endedBy),
        toldAt,
        attempts);
  }
}
