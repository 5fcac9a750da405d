package io.github.fapipack.rule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the clauses that a class enforces, by their ids in the clause register, for example {@code
 * FAPI2-SP 5.3.2.1-8}. Integration tests use the same ids.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Clause {

  /** Clause ids; refusals name the first one. */
  String[] value();
}
