/**
 * Replacements of Keycloak's protocol classes: the login protocols, the endpoints for pushed
 * requests, logout and userinfo, the last gate that every token passes, and the store of what is
 * good for one use. They ask the rules where Keycloak has no event. Start with {@link
 * io.github.fapipack.protocol.LastGate} and {@link
 * io.github.fapipack.protocol.AuthorizationResponses}.
 */
package io.github.fapipack.protocol;
