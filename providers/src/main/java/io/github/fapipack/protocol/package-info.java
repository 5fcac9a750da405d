/**
 * Replacements of Keycloak's protocol classes: the login protocols, the endpoints for pushed
 * requests, logout and userinfo, the last check before tokens are signed, and the store of
 * single-use values. They ask the rules where Keycloak has no event. Start with {@link
 * io.github.fapipack.protocol.LastGate} and {@link
 * io.github.fapipack.protocol.AuthorizationResponses}.
 */
package io.github.fapipack.protocol;
