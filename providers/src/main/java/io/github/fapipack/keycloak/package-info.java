/**
 * The only room that uses parts of Keycloak that are not public interfaces. It uses no other room.
 * Start with {@link io.github.fapipack.keycloak.ProviderFactories}.
 */
package io.github.fapipack.keycloak;
