package io.github.fapipack.it.client;

import io.github.fapipack.it.browser.FrontChannelAnswer;

/**
 * An authorization code, after state and issuer of the response were checked.
 *
 * @param nonce that the ID token must contain, or null
 */
public record Authorized(
    String code,
    String redirectUri,
    String codeVerifier,
    String nonce,
    FrontChannelAnswer answer) {}
