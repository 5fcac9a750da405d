/**
 * What an API demands beyond a good token, and what it says of itself (RFC 6750, 9470, 9728).
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.demand.StepUp}.
 */
package io.github.fapipack.resourceserver.demand;
