package io.github.fapipack.it.client;

import io.github.fapipack.it.browser.FrontChannelAnswer;

/**
 * An authorization code, after state and issuer of the response were checked.
 *
 * @param nonce what the ID token has to repeat, or null
 */
public record Authorized(
    String code,
    String redirectUri,
    String codeVerifier,
    String nonce,
    FrontChannelAnswer answer) {}
