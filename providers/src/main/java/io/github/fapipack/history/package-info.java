/**
 * What administrators have changed in a realm, as rows of the database. Who changes something
 * writes here through {@code change}. Start with {@link io.github.fapipack.history.HistoryTable}.
 */
package io.github.fapipack.history;
