/**
 * What is asked of the issuer: guarded requests, its metadata, copies that are kept (RFC 8414).
 *
 * <p>Start with {@link io.github.fapipack.resourceserver.fetch.IssuerMetadata}.
 */
package io.github.fapipack.resourceserver.fetch;
