/**
 * A scheme's directory in a realm: organisations (Keycloak's) with their standing and roles, their
 * software, keys and proofs, and who may do what. It uses the certificate authority. Start with
 * {@link io.github.fapipack.scheme.Desk}.
 */
package io.github.fapipack.scheme;
