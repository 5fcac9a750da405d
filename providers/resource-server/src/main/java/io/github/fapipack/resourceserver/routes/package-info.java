/**
 * Which operation a request is for, what that operation demands, and the answer if it is not
 * served. Shared by the adapters; knows no framework.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.routes.DemandRules}.
 */
package io.github.fapipack.resourceserver.routes;
