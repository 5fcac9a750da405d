/**
 * The content of requests, as data: authorization requests, request objects, parameters, resource
 * indicators, client assertions and DPoP proofs. They are parsed strictly, and what cannot be read
 * is refused; rules decide what they must contain. Start with {@link
 * io.github.fapipack.request.RequestObject}.
 */
package io.github.fapipack.request;
