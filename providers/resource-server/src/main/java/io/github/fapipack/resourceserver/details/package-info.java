/**
 * Authorization details, compared with what a request wants (RFC 9396).
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.details.GrantedDetails}.
 */
package io.github.fapipack.resourceserver.details;
