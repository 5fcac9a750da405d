package io.github.fapipack.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test shows a request that keeps these clauses and gets through. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Accepts {

  /** Clause ids as the rules name them, for example {@code FAPI2-SP 5.3.2.1-8}. */
  String[] value();
}
