/**
 * The signature algorithms of FAPI 2.0 by name, the setting of the rules that restrict them, and
 * the signature provider for the name {@code Ed25519}. It uses no other room. Start with {@link
 * io.github.fapipack.jose.Algorithms}.
 */
package io.github.fapipack.jose;
