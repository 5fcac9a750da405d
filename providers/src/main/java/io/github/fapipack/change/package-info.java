/**
 * Applies the changes that an audit proposes, and undoes them: the plan, the changes within one
 * transaction, the document for undoing them, and the entry in the realm's history. Start with
 * {@link io.github.fapipack.change.Plan}, then {@link io.github.fapipack.change.Changes}.
 */
package io.github.fapipack.change;
