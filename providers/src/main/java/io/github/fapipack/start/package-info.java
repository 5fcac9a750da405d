/**
 * The start of the pack: whether this Keycloak has what the pack needs, which parts are active, and
 * the options that an operator has. Start with {@link io.github.fapipack.start.PackStart}.
 */
package io.github.fapipack.start;
