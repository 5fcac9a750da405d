/**
 * How far the clients of a realm have come on their way from watched to enforced: their requests,
 * what was refused or would have been, and which could be switched. Start with {@link
 * io.github.fapipack.rollout.ClientProgress}.
 */
package io.github.fapipack.rollout;
