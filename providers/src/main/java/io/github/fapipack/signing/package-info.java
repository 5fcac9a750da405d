/**
 * The rules on signed and encrypted messages to clients, and on keys for them: authorization
 * responses as JWTs (JARM), response modes, encryption. Request objects, introspection and HTTP
 * signatures have rooms of their own. Start with {@link
 * io.github.fapipack.signing.RequireJwtResponseMode}.
 */
package io.github.fapipack.signing;
