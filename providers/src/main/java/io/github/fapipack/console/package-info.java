/**
 * Keycloak's own clients: which of them FAPI forbids, and whether the account and admin consoles
 * still have Keycloak's own settings, so that a policy may exempt them. Start with {@link
 * io.github.fapipack.console.Consoles}.
 */
package io.github.fapipack.console;
