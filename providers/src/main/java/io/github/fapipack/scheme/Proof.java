package io.github.fapipack.scheme;

import java.time.Instant;

/**
 * An uploaded document that proves a certification.
 *
 * @param softwareId null for one about the organisation
 * @param name the file's name as it was sent, without a path
 * @param bytes its size
 * @param sha256 its hash, in hexadecimal
 * @param standing pending until the operator has decided; withdrawn if it was refused
 */
public record Proof(
    String id,
    String organisationId,
    String softwareId,
    String name,
    long bytes,
    String sha256,
    String uploadedBy,
    Instant uploadedAt,
    Standing standing,
    String why) {}
