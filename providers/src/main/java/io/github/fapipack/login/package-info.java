/**
 * Steps of a login that Keycloak prepares at every login, whether they are needed or not.
 *
 * <p>Start with {@link io.github.fapipack.login.AttestationTrust}.
 */
package io.github.fapipack.login;
