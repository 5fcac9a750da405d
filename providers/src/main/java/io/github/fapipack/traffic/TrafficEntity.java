package io.github.fapipack.traffic;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of the table of clients' traffic; times are in milliseconds since 1970. */
@Entity
@Table(name = "FAPI_CLIENT_TRAFFIC")
@Access(AccessType.FIELD)
public class TrafficEntity {

  /** The client's internal id, not its client_id. */
  @Id
  @Column(name = "CLIENT_ID", updatable = false)
  private String clientId;

  @Column(name = "REALM_ID", updatable = false)
  private String realmId;

  @Column(name = "REQUESTS")
  private long requests;

  @Column(name = "FIRST_SEEN", updatable = false)
  private long firstSeen;

  @Column(name = "LAST_SEEN")
  private long lastSeen;

  protected TrafficEntity() {}

  TrafficEntity(String clientId, String realmId, long requests, long firstSeen, long lastSeen) {
    this.clientId = clientId;
    this.realmId = realmId;
    this.requests = requests;
    this.firstSeen = firstSeen;
    this.lastSeen = lastSeen;
  }
}
