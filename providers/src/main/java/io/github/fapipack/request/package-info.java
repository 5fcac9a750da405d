/**
 * What a request has sent, as data: request objects, parameters, resource indicators, client
 * assertions and DPoP proofs. They are parsed strictly, and what cannot be read is refused; what
 * they must contain is for rules to say. Start with {@link
 * io.github.fapipack.request.RequestObject}.
 */
package io.github.fapipack.request;
