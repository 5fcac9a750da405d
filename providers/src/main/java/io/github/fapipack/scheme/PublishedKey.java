package io.github.fapipack.scheme;

import java.time.Instant;

/**
 * A public key that the directory publishes for an organisation or a software.
 *
 * @param softwareId null for a key of the organisation
 * @param jwk the key as JSON, without private members
 * @param serial the certificate that it came with, or null
 * @param revokedAt null while it is active
 */
public record PublishedKey(
    String id,
    String organisationId,
    String softwareId,
    String kid,
    String jwk,
    String serial,
    Instant addedAt,
    Instant revokedAt) {}
