/**
 * Whether a directory vouches for software that registers: its statement, what the software may
 * register by it, and the certificate with which it comes. Start with {@link
 * io.github.fapipack.trust.Admission}.
 */
package io.github.fapipack.trust;
