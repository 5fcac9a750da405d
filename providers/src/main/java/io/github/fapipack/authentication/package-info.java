/**
 * The rules on client authentication: methods, assertions, certificates, keys, and parameters of
 * requests that authenticate (FAPI2-SP 5.3.2.1, 5.4). They are asked with {@code
 * ClientAuthenticationEvent} before Keycloak verifies anything, and once more when a client is
 * registered. The authenticators that raise the event are in {@code authenticator}. Start with
 * {@link io.github.fapipack.authentication.RequireAsymmetricClientAuthentication}.
 */
package io.github.fapipack.authentication;
