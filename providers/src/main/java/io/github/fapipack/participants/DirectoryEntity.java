package io.github.fapipack.participants;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What is known of a realm's directory; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_DIRECTORY")
@Access(AccessType.FIELD)
public class DirectoryEntity {

  @Id
  @Column(name = "REALM_ID", updatable = false)
  String realmId;

  /** The address to which the rest belongs. */
  @Column(name = "URI")
  String uri;

  @Column(name = "ETAG")
  String etag;

  @Column(name = "NEXT_ATTEMPT")
  long nextAttempt;

  @Column(name = "FIRST_ATTEMPT")
  long firstAttempt;

  @Column(name = "LAST_ATTEMPT")
  Long lastAttempt;

  @Column(name = "LAST_SUCCESS")
  Long lastSuccess;

  /** Why the latest attempt has failed; null if it has not. */
  @Column(name = "FAULT")
  String fault;

  /** Whether its silence was reported. */
  @Column(name = "ALARMED")
  boolean alarmed;

  @Column(name = "ORGANISATIONS")
  Integer organisations;

  @Column(name = "SOFTWARE")
  Integer software;

  protected DirectoryEntity() {}

  DirectoryEntity(String realmId) {
    this.realmId = realmId;
  }

  final DirectoryStatus read() {
    return new DirectoryStatus(
        uri,
        etag,
        nextAttempt,
        firstAttempt,
        lastAttempt,
        lastSuccess,
        fault,
        alarmed,
        organisations == null ? 0 : organisations,
        software == null ? 0 : software);
  }

  final void write(DirectoryStatus status) {
    uri = status.uri();
    etag = status.etag();
    nextAttempt = status.nextAttempt();
    firstAttempt = status.firstAttempt();
    lastAttempt = status.lastAttempt();
    lastSuccess = status.lastSuccess();
    fault = Rows.text(status.fault(), Rows.WHY);
    alarmed = status.alarmed();
    organisations = status.organisations();
    software = status.software();
  }
}
