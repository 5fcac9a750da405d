/**
 * The JAX-RS filters and mappers around every request: forms and queries as the protocol reads
 * them, access tokens at resources, the interaction id, refusals and Keycloak's own errors as the
 * specifications want them. They ask the rules and have none of their own. Start with {@link
 * io.github.fapipack.http.ResourceRequestFilter} for requests, {@link
 * io.github.fapipack.http.RefusalFilter} for answers.
 */
package io.github.fapipack.http;
