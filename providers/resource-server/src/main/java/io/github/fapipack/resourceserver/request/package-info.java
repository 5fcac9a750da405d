/**
 * A request as it reached the API, and what proxies in front of it have changed.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.request.ApiRequest}.
 */
package io.github.fapipack.resourceserver.request;
