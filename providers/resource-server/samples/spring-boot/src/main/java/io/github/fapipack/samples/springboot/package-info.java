/**
 * A bank API on Spring Boot.
 *
 * <p>Start with {@link io.github.fapipack.samples.springboot.ApiChecks}, which is all that the kit
 * needs.
 */
package io.github.fapipack.samples.springboot;
