/**
 * What FAPI 1.0 demands and FAPI 2.0 does not: signed requests through the browser, the hybrid flow
 * with an ID token as detached signature, or signed authorization responses. All that both demand
 * is in the packages {@code security} and {@code signing}.
 */
package io.github.fapipack.fapi1;
