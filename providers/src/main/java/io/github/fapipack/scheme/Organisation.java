package io.github.fapipack.scheme;

import java.time.Instant;
import java.util.Map;

/**
 * An organisation of the scheme: a Keycloak organization and what the scheme says of it.
 *
 * @param id the id of the Keycloak organization
 * @param number its number in a public register
 * @param country two letters (ISO 3166-1)
 * @param why the operator's reason for the standing, or null
 * @param roles the roles that it has or has applied for, by name
 * @param since when it got its standing
 * @param version to be given back with a change
 */
public record Organisation(
    String id,
    String name,
    String number,
    String country,
    Standing standing,
    String why,
    Map<String, Standing> roles,
    Instant since,
    long version) {}
