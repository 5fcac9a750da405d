package io.github.fapipack.it.apicheck;

import java.net.URI;

/**
 * What the honest request asks for.
 *
 * @param body empty if it has none
 * @param contentType null if it has none
 */
record Target(String method, URI address, String body, String contentType) {}
