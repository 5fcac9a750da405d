/**
 * What protocol mappers may write into tokens and other documents of claims. Keycloak lets every
 * mapper write every claim; the claims that rules and Keycloak determine are protected here. Start
 * with {@link io.github.fapipack.claims.RestrictProtocolMappers}.
 */
package io.github.fapipack.claims;
