/**
 * The parts of structured fields (RFC 8941) that HTTP message signatures need: a strict parser with
 * limits and one checked exception.
 */
package io.github.fapipack.httpsig.structured;
