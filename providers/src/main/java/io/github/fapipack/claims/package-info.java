/**
 * What protocol mappers may write of a token, and of the other documents of claims. Keycloak lets
 * every mapper write every claim; the members that rules and Keycloak decide are kept from them.
 * Start with {@link io.github.fapipack.claims.RestrictProtocolMappers}.
 */
package io.github.fapipack.claims;
