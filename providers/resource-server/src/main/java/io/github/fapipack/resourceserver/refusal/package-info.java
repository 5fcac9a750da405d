/**
 * Why a request is refused: the problem, the sentence for who sent it, the clause.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.refusal.Problem}.
 */
package io.github.fapipack.resourceserver.refusal;
