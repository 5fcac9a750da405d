/**
 * Backchannel authentication (CIBA): its rules, Keycloak's endpoints and grant for it, and the
 * consent that a user gives on another device. Start with {@code AuthenticationRequests}, which
 * handles a client's request.
 */
package io.github.fapipack.ciba;
