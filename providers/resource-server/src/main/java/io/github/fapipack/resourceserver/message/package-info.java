/**
 * Signatures over whole messages: HTTP message signatures (RFC 9421, FAPI2-HS), and bodies that are
 * or have a JWS, as Brazil and the United Kingdom use them.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.message.HttpSignatures} or {@link
 * io.github.fapipack.resourceserver.message.SignedBodies}.
 */
package io.github.fapipack.resourceserver.message;
