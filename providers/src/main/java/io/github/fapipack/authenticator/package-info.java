/**
 * Keycloak's client authenticators, its store of clients' keys and its verifier of clients'
 * signatures, each replaced so that the realm's rules are asked first and every key that a header
 * allows is tried. Start with {@code ClientAuthenticationGate}.
 */
package io.github.fapipack.authenticator;
