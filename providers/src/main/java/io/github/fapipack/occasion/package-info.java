/**
 * The events on which rules are asked where Keycloak has none: a client authenticates, a token is
 * about to be signed, a resource is called. They pass the same client policies as Keycloak's
 * events. Start with {@link io.github.fapipack.occasion.ClientAuthenticationEvent} and {@link
 * io.github.fapipack.occasion.TokenEvent}.
 */
package io.github.fapipack.occasion;
