/**
 * Dynamic client registration: Keycloak's endpoints with metadata that Keycloak does not know, and
 * the rule on what a client may register; also the form in which an administrator sets such
 * metadata. Start with {@link io.github.fapipack.registration.RegistrationEndpoint}.
 */
package io.github.fapipack.registration;
