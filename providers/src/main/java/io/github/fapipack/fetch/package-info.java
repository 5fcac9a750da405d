/**
 * Restricts fetches from addresses that clients name (RFC 9700 4.15): only from the public
 * internet, without redirects, and within limits of time and size. Start with {@link
 * io.github.fapipack.fetch.GuardedHttpClients}.
 */
package io.github.fapipack.fetch;
