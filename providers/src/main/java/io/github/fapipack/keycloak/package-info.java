/**
 * The one place that touches what Keycloak does not offer as an interface. It uses no other room.
 * Start with {@link io.github.fapipack.keycloak.ProviderFactories}.
 */
package io.github.fapipack.keycloak;
