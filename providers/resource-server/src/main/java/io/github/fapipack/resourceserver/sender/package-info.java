/**
 * Whether the token belongs to who sends it: DPoP (RFC 9449) and mutual TLS (RFC 8705).
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.sender.SenderConstraint}.
 */
package io.github.fapipack.resourceserver.sender;
