/**
 * The keys and certificates that a client has registered or has at its {@code jwks_uri}: parsed
 * leniently, selected for a header, and checked for strength. Rules on them are in {@code
 * authentication} and {@code signing}. Start with {@link io.github.fapipack.keys.ClientKeys}.
 */
package io.github.fapipack.keys;
