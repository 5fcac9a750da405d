/**
 * How far the clients of a realm have moved from reporting to enforcing: their requests, which of
 * them were or would have been refused, and which clients can be moved. Start with {@link
 * io.github.fapipack.rollout.ClientProgress}.
 */
package io.github.fapipack.rollout;
