/**
 * Administrators' changes in a realm, as rows of the database. Code that changes something writes
 * here through {@code change}. Start with {@link io.github.fapipack.history.HistoryTable}.
 */
package io.github.fapipack.history;
