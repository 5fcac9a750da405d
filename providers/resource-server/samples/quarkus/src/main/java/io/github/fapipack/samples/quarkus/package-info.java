/**
 * A bank API on Quarkus.
 *
 * <p>Start with {@link io.github.fapipack.samples.quarkus.ApiChecks}, which is all that the kit
 * needs.
 */
package io.github.fapipack.samples.quarkus;
