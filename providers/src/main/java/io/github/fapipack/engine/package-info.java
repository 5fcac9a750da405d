/**
 * Parts of Keycloak that are replaced for speed only. Start with {@link
 * io.github.fapipack.engine.VerifiedOnce}.
 */
package io.github.fapipack.engine;
