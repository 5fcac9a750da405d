package io.github.fapipack.bridge;

/**
 * What this server knows of a consent. Times are in seconds since the epoch.
 *
 * @param realmId internal id of the realm
 * @param consentId its id at the bank
 * @param clientId the client_id of the client that named it, or null if none has
 * @param issuer the issuer as which the realm talks to the bank's consent service, or null
 * @param seenAt when it was first named
 * @param endedAt when it ended, or null if it has not
 * @param endedBy who has ended it, or null
 * @param toldAt when the service knew that it has ended, or null
 * @param attempts how often this server has tried to tell the service
 */
public record KnownConsent(
    String realmId,
    String consentId,
    String clientId,
    String issuer,
    long seenAt,
    Long endedAt,
    EndedBy endedBy,
    Long toldAt,
    int attempts) {

  boolean hasEnded() {
    return endedAt != null;
  }
}
