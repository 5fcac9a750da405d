/**
 * Keycloak's sessions in the database, and what their rows cost a request.
 *
 * <p>Start with {@link io.github.fapipack.session.SessionRows}.
 */
package io.github.fapipack.session;
