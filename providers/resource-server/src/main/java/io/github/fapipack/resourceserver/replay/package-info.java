/**
 * What was used once, for one node or for all.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.replay.ReplayStore}.
 */
package io.github.fapipack.resourceserver.replay;
