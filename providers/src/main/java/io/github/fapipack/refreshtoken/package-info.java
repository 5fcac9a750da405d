/**
 * Refresh tokens that stay the same when they are used, and the revocation of one authorization
 * (RFC 7009); replaces Keycloak's provider. Those of a grant are in {@code rar}. Start with {@link
 * io.github.fapipack.refreshtoken.StableRefreshTokenProvider}.
 */
package io.github.fapipack.refreshtoken;
