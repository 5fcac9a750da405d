/**
 * When keys and certificates end: those of the realm, of its clients and of the server, watched
 * from time to time and shown as metrics. {@code audit} judges single keys. Start with {@link
 * io.github.fapipack.expiry.CertificateWatch}.
 */
package io.github.fapipack.expiry;
