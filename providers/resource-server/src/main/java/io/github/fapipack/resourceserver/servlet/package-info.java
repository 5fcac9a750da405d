/**
 * The checks as a Jakarta Servlet filter.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.servlet.FapiFilter}.
 */
package io.github.fapipack.resourceserver.servlet;
