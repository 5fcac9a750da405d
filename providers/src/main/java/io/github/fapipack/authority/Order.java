package io.github.fapipack.authority;

import java.time.Duration;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * What the scheme writes into a certificate. Of the request only the public key counts.
 *
 * @param organisationId, softwareId whom the certificate is for
 * @param dnsNames, uris alternative names
 * @param lifetime limited by the end of the issuing certificate
 * @param requestedBy who asked for it, for the list
 */
public record Order(
    String organisationId,
    String softwareId,
    Use use,
    X500Principal subject,
    List<String> dnsNames,
    List<String> uris,
    Duration lifetime,
    String requestedBy) {}
