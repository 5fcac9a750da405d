/**
 * A client as data: as it will be when a registration is through, what the specifications let it
 * register beyond Keycloak's own fields, and what a request carries to say who the client is.
 * Nothing is refused here but what cannot be read. Start with {@link
 * io.github.fapipack.client.ProposedClient}.
 */
package io.github.fapipack.client;
