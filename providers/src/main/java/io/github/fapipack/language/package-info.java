/**
 * Translations of findings, refusals and errors: the code has them in English, and {@code
 * fapi-sentences.txt} has the other languages. It uses no other room. Start with {@link
 * io.github.fapipack.language.Language}.
 */
package io.github.fapipack.language;
