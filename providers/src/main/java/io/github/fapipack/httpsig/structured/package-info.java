/**
 * Structured fields (RFC 8941) as far as HTTP message signatures need them: strict, bounded in size
 * and number, one checked exception.
 */
package io.github.fapipack.httpsig.structured;
