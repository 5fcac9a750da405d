/** Steps of a login that Keycloak prepares at every login, whether they are needed or not. */
package io.github.fapipack.login;
