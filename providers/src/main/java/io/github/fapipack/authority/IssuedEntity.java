package io.github.fapipack.authority;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A row of the list of issued certificates; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_SCHEME_CERTIFICATE")
@Access(AccessType.FIELD)
public class IssuedEntity {

  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  @Column(name = "ISSUER_ID", updatable = false)
  String issuerId;

  @Column(name = "SERIAL", updatable = false)
  String serial;

  @Column(name = "ORGANISATION_ID", updatable = false)
  String organisationId;

  @Column(name = "SOFTWARE_ID", updatable = false)
  String softwareId;

  @Column(name = "CERT_USE", updatable = false)
  @Enumerated(EnumType.STRING)
  Use use;

  @Column(name = "SUBJECT", updatable = false)
  String subject;

  @Column(name = "KEY_THUMBPRINT", updatable = false)
  String keyThumbprint;

  @Column(name = "CERTIFICATE", updatable = false)
  String pem;

  @Column(name = "ISSUED_AT", updatable = false)
  long issuedAt;

  @Column(name = "NOT_AFTER", updatable = false)
  long notAfter;

  @Column(name = "REQUESTED_BY", updatable = false)
  String requestedBy;

  @Column(name = "REVOKED_AT")
  Long revokedAt;

  @Column(name = "REASON")
  @Enumerated(EnumType.STRING)
  Reason reason;

  @Column(name = "REVOKED_BY")
  String revokedBy;

  /** Of the last notice that it expires: how many days before. Null if there was none. */
  @Column(name = "NOTICED_DAYS")
  Integer noticedDays;

  protected IssuedEntity() {}

  IssuedEntity(String realmId, String issuerId, Issued issued) {
    id = UUID.randomUUID().toString();
    this.realmId = realmId;
    this.issuerId = issuerId;
    serial = issued.serial();
    organisationId = issued.organisationId();
    softwareId = issued.softwareId();
    use = issued.use();
    subject = issued.subject();
    keyThumbprint = issued.keyThumbprint();
    pem = issued.pem();
    issuedAt = issued.issuedAt().toEpochMilli();
    notAfter = issued.notAfter().toEpochMilli();
    requestedBy = issued.requestedBy();
  }

  final Issued read() {
    return new Issued(
        serial,
        organisationId,
        softwareId,
        use,
        subject,
        keyThumbprint,
        pem,
        Instant.ofEpochMilli(issuedAt),
        Instant.ofEpochMilli(notAfter),
        requestedBy,
        revokedAt == null ? null : Instant.ofEpochMilli(revokedAt),
        reason,
        revokedBy);
  }
}
