/**
 * What protocol mappers may write of a token, and of the other documents of claims. Keycloak lets
 * every mapper write every claim; the members that rules and Keycloak decide are kept from them.
 */
package io.github.fapipack.claims;
