/**
 * When keys and certificates end: those of the realm, of its clients and of the server, checked at
 * intervals and published as metrics. {@code audit} checks single keys. Start with {@link
 * io.github.fapipack.expiry.CertificateWatch}.
 */
package io.github.fapipack.expiry;
