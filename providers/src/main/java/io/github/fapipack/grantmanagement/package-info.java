/**
 * Grant Management for OAuth 2.0: the store of grants in Keycloak's database, the API for clients
 * and for administrators, the rule on requests that name a grant, and the check that a token's
 * grant is active. OAuth grant types are elsewhere, by subject. Start with {@link
 * io.github.fapipack.grantmanagement.Grants}, then {@code GrantManagementEndpoint}.
 */
package io.github.fapipack.grantmanagement;
