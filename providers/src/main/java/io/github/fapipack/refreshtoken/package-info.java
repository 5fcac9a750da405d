/**
 * Refresh tokens that stay the same when they are used, and the authorization that ends when one is
 * revoked (RFC 7009): in place of Keycloak's provider. Those of a grant are in {@code rar}. Start
 * with {@link io.github.fapipack.refreshtoken.StableRefreshTokenProvider}.
 */
package io.github.fapipack.refreshtoken;
