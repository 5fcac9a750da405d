/**
 * The conditions of client policies that the pack adds to Keycloak's: which clients and which
 * requests a policy is for. Start with {@link io.github.fapipack.condition.EveryClient}.
 */
package io.github.fapipack.condition;
