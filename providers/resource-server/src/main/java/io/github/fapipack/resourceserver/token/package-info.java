/**
 * Access tokens: where a request has one, and what its issuer says about it (RFC 9068, 7662, 9701).
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.token.AccessTokens}.
 */
package io.github.fapipack.resourceserver.token;
