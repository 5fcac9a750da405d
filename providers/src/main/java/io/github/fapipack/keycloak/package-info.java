/**
 * The one seam to what Keycloak does not offer as an interface: the words of its errors, keys in
 * its caches and stores, classes in stack traces, private members, and sets and mappers that the
 * whole server shares. Each has a class here that says what is relied on; {@link
 * io.github.fapipack.keycloak.Reliance} lists what can be checked, and a test and each start check
 * it. Beside them stand {@link io.github.fapipack.keycloak.ServerState}, which owns what changes
 * while a server runs, the order of the pack's providers and defaults for life-cycle methods. It
 * uses no other room. Start with {@link io.github.fapipack.keycloak.Reliance}.
 */
package io.github.fapipack.keycloak;
