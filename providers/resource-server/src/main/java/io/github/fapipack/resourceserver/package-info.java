/**
 * The checks of FAPI 2.0 in front of an API, without a framework and without Keycloak.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.FapiResourceServer}.
 */
package io.github.fapipack.resourceserver;
