/**
 * The profile of the ecosystem that a realm belongs to: which directory vouches for its clients,
 * and what they must be like. Start with {@link io.github.fapipack.ecosystem.EcosystemProfiles}.
 */
package io.github.fapipack.ecosystem;
