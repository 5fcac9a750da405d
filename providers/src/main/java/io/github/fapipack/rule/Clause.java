package io.github.fapipack.rule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Ties a class to the clauses that it enforces, by their ids in the clause register, for example
 * {@code FAPI2-SP 5.3.2.1-8}. Integration tests name the same ids.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Clause {

  /** Clause ids; the first one is shown to whoever is refused. */
  String[] value();
}
