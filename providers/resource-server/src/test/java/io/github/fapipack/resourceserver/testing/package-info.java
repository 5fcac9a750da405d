/**
 * An authorization server for tests; the samples' tests use it too.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.testing.TestIssuer}.
 */
package io.github.fapipack.resourceserver.testing;
