/**
 * What FAPI 1.0 requires and FAPI 2.0 does not: signed requests through the browser, the hybrid
 * flow with an ID token as detached signature, or signed authorization responses. What both require
 * is in the rooms of FAPI 2.0, such as {@code authorization}, {@code token} and {@code signing}.
 * Start with {@link io.github.fapipack.fapi1.RestrictResponseType}.
 */
package io.github.fapipack.fapi1;
