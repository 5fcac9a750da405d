/**
 * Token introspection (RFC 7662, RFC 9701): Keycloak's endpoint and providers with answers that
 * know grants and details, signed and encrypted as a caller has registered, and the rule that
 * demands it. Start with {@link io.github.fapipack.introspection.IntrospectionEndpoint}.
 */
package io.github.fapipack.introspection;
