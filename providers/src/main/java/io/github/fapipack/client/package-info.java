/**
 * A client as data: its state after a registration, the metadata of the specifications beyond
 * Keycloak's own fields, and the client credentials of a request. Only malformed data is refused
 * here. Start with {@link io.github.fapipack.client.ProposedClient}.
 */
package io.github.fapipack.client;
