package io.github.fapipack.authority;

import java.time.Instant;

/**
 * An issued certificate, as the list has it.
 *
 * @param serial in lowercase hexadecimal
 * @param subject as RFC 4514 writes it
 * @param keyThumbprint the SHA-256 of the SubjectPublicKeyInfo, in hexadecimal
 * @param pem the certificate
 * @param revokedAt null while it is not revoked
 */
public record Issued(
    String serial,
    String organisationId,
    String softwareId,
    Use use,
    String subject,
    String keyThumbprint,
    String pem,
    Instant issuedAt,
    Instant notAfter,
    String requestedBy,
    Instant revokedAt,
    Reason reason,
    String revokedBy) {}
