/**
 * The languages in which findings, refusals and errors are told: the code says them in English, and
 * {@code fapi-sentences.txt} has the others. It uses no other room. Start with {@link
 * io.github.fapipack.language.Language}.
 */
package io.github.fapipack.language;
