/**
 * Dynamic client registration: Keycloak's endpoints with the metadata that they do not know, and
 * the rule on what a client may say of itself; beside it the form in which an administrator sets
 * such metadata. Start with {@link io.github.fapipack.registration.RegistrationEndpoint}.
 */
package io.github.fapipack.registration;
