/**
 * Token introspection (RFC 7662, RFC 9701): Keycloak's endpoint and providers with responses that
 * contain authorization details and respect grants, signed and encrypted as the caller has
 * registered, and the rule that requires signed responses. Start with {@link
 * io.github.fapipack.introspection.IntrospectionEndpoint}.
 */
package io.github.fapipack.introspection;
