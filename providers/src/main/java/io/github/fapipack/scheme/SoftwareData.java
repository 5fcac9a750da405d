package io.github.fapipack.scheme;

import java.util.List;
import java.util.Set;

/**
 * What an organisation says of its software. Addresses are https; all but the name and the redirect
 * URIs may be null.
 *
 * @param softwareVersion such as {@code 1.10}
 * @param roles the roles that it is to have
 */
public record SoftwareData(
    String name,
    String description,
    String softwareVersion,
    String clientUri,
    String logoUri,
    String policyUri,
    String tosUri,
    List<String> redirectUris,
    Set<String> roles) {}
