/**
 * Backchannel authentication (CIBA): its rules, Keycloak's endpoints for it and its grant, and the
 * consent that a user gives on another device. Start with {@code AuthenticationRequests}, which
 * takes a client's request.
 */
package io.github.fapipack.ciba;
