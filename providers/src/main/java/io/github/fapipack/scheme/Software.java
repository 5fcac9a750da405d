package io.github.fapipack.scheme;

import java.time.Instant;
import java.util.Map;

/**
 * A software of an organisation.
 *
 * @param id its id in statements and certificates, which is also its client_id at the directory
 * @param standing what the operator says of the software itself
 * @param effective the worst of that and of the organisation's standing
 * @param why the operator's reason for the standing, or null
 * @param roles its roles; one is active while the organisation has it
 * @param version to be given back with a change
 */
public record Software(
    String id,
    String organisationId,
    SoftwareData data,
    Standing standing,
    Standing effective,
    String why,
    Map<String, Standing> roles,
    Instant createdAt,
    Instant changedAt,
    long version) {}
