package io.github.fapipack.approval;

import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * A consent that the bank holds, as an authorization request names it.
 *
 * @param id its id at the bank's consent service
 * @param scope the scope that carries it, which tokens have too; null if something else carries it
 */
public record ConsentReference(String id, String scope) {

  static final String ID = "consent_id";
  static final String SCOPE = "consent_scope";

  /** Reads what {@link #write} wrote; null if nothing was. */
  static ConsentReference read(UnaryOperator<String> notes, String prefix) {
    String id = notes.apply(prefix + ID);
    return id == null ? null : new ConsentReference(id, notes.apply(prefix + SCOPE));
  }

  /** Writes it as notes whose names begin with a prefix. */
  void write(BiConsumer<String, String> notes, String prefix) {
    notes.accept(prefix + ID, id);
    if (scope != null) {
      notes.accept(prefix + SCOPE, scope);
    }
  }
}
