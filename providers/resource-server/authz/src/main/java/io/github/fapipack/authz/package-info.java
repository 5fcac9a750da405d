/**
 * The checks of FAPI 2.0 as a small server of its own, which gateways ask whether to let a request
 * through.
 *
 * <p>Start with {@link io.github.fapipack.authz.FapiAuthz}.
 */
package io.github.fapipack.authz;
