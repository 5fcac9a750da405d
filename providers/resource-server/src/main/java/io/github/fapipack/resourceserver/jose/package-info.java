/**
 * JSON, keys and signed JWTs that strangers send, read within limits (RFC 7515, RFC 7517).
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.jose.CompactJws}.
 */
package io.github.fapipack.resourceserver.jose;
