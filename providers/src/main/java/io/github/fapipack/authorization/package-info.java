/**
 * The rules on authorization requests and responses: how a request is sent (pushed or by value),
 * PKCE, redirect URIs, response types, lifetimes of codes and request URIs, consent, {@code acr},
 * and other protocols than OpenID Connect (FAPI2-SP 5.3.2.2). Rules on the contents of a request
 * object are in {@code requestobject}, those on signed responses in {@code signing}. Start with
 * {@link io.github.fapipack.authorization.FrontChannelRule}.
 */
package io.github.fapipack.authorization;
