/**
 * How many requests each client of a realm has sent, and when it was last seen, counted on each
 * node and stored once a minute. Start with {@link io.github.fapipack.traffic.Traffic}.
 */
package io.github.fapipack.traffic;
