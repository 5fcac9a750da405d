/**
 * Signed JWTs as FAPI 2.0 allows them: strict parsing with limits, and verification by the Java
 * platform alone.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.jws.CompactJws}.
 */
package io.github.fapipack.resourceserver.jws;
