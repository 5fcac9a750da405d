/**
 * Who has logged in, how, and what ID tokens and userinfo say about it: {@code acr}, single claims
 * that a request asks for (OpenID Connect Core 5.5), {@code txn} and {@code purpose}, as the
 * profile of the realm's ecosystem has them. Start with {@link
 * io.github.fapipack.identity.LoginFacts}.
 */
package io.github.fapipack.identity;
