/**
 * Keycloak's own clients: which of them FAPI forbids, and whether the account and admin consoles
 * are still as Keycloak made them, so that a policy may leave them out. Start with {@link
 * io.github.fapipack.console.Consoles}.
 */
package io.github.fapipack.console;
