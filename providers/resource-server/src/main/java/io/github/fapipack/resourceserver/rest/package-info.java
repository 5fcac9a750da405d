/**
 * The checks as a Jakarta REST filter.
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.rest.FapiContainerFilter}.
 */
package io.github.fapipack.resourceserver.rest;
