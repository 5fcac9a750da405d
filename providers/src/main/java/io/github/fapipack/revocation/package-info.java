/**
 * Whether a client certificate counts: comes from an authority that is trusted, is valid, and has
 * not been revoked (RFC 5280, RFC 6960). Start with {@link
 * io.github.fapipack.revocation.CertificateTrust}.
 */
package io.github.fapipack.revocation;
