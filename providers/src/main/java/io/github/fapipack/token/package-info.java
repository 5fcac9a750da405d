/**
 * The rules on tokens and the grants that issue them: sender constraint, DPoP proofs, algorithms,
 * form and contents, refresh, resources (FAPI2-SP 5.3.2.1, RFC 9449, RFC 8707). They are asked with
 * {@code TokenEvent} before tokens are signed. Start with {@link
 * io.github.fapipack.token.RequireSenderConstrainedToken}.
 */
package io.github.fapipack.token;
