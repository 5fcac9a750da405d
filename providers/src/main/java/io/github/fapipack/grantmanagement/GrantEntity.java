package io.github.fapipack.grantmanagement;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** A row of the table of grants; what was consented is stored as JSON. */
@Entity
@Table(name = "FAPI_GRANT")
@Access(AccessType.FIELD)
public class GrantEntity {

  @Id
  @Column(name = "ID", length = 43)
  private String id;

  @Column(name = "REALM_ID", updatable = false)
  private String realmId;

  @Column(name = "CLIENT_ID", updatable = false)
  private String clientId;

  @Column(name = "USER_ID", updatable = false)
  private String userId;

  @Column(name = "SCOPES")
  private String scopes;

  @Column(name = "CLAIMS")
  private String claims;

  @Column(name = "AUTHORIZATION_DETAILS")
  private String authorizationDetails;

  @Column(name = "CREATED_AT", updatable = false)
  private long createdAt;

  @Column(name = "LAST_UPDATED")
  private long lastUpdated;

  @Column(name = "EXPIRES_AT")
  private Long expiresAt;

  @Column(name = "GENERATION")
  private int generation;

  @Column(name = "VALID_FROM")
  private int validFrom;

  @Column(name = "CONSENT_ID")
  private String consentId;

  @Column(name = "MANAGED")
  private boolean managed;

  /** Optimistic locking: refuses a change that is based on an outdated state. */
  @Version
  @Column(name = "VERSION")
  private int version;

  protected GrantEntity() {}

  /** The row of a new grant. */
  static GrantEntity of(Grant grant) {
    GrantEntity row = new GrantEntity();
    row.id = grant.id();
    row.realmId = grant.realmId();
    row.clientId = grant.clientId();
    row.userId = grant.userId();
    row.createdAt = grant.createdAt();
    row.write(grant);
    return row;
  }

  /** Copies the values that can change in a grant. */
  final void write(Grant grant) {
    GrantText text = GrantText.of(grant);
    scopes = text.scopes();
    claims = text.claims();
    authorizationDetails = text.authorizationDetails();
    lastUpdated = grant.lastUpdated();
    expiresAt = grant.expiresAt();
    generation = grant.generation();
    validFrom = grant.validFrom();
    consentId = grant.consentId();
    managed = grant.managed();
  }

  final Grant read() {
    GrantText text = new GrantText(scopes, claims, authorizationDetails);
    return new Grant(
        id,
        realmId,
        clientId,
        userId,
        text.readScopes(),
        text.readClaims(),
        text.readAuthorizationDetails(),
        createdAt,
        lastUpdated,
        expiresAt,
        generation,
        validFrom,
        consentId,
        managed);
  }
}
