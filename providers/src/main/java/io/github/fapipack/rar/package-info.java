/**
 * Rich authorization requests (RFC 9396): the types that a realm knows, the check of what a client
 * asks for, narrowing, and Keycloak's grants with details in their tokens. The objects themselves
 * are in {@code approval}. Start with {@link io.github.fapipack.rar.AuthorizationDetailsTypes},
 * then {@code Issuance}.
 */
package io.github.fapipack.rar;
