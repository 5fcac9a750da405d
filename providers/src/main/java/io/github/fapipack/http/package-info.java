/**
 * The JAX-RS filters and mappers of every request: normalization of forms and queries, checks of
 * access tokens at resources, the interaction id, and error responses as the specifications define
 * them. They ask the rules and contain none. Start with {@link
 * io.github.fapipack.http.ResourceRequestFilter} for requests, {@link
 * io.github.fapipack.http.RefusalFilter} for responses.
 */
package io.github.fapipack.http;
