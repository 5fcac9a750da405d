package io.github.fapipack.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The test shows a refused request that breaks these clauses. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Rejects.Several.class)
public @interface Rejects {

  /** Clause ids as CLAUSES.md has them, for example {@code FAPI2-SP 5.3.2.1-8}. */
  String[] value();

  /**
   * Simple name of the class of the pack that enforces these clauses and is tested; empty for
   * clauses that Keycloak itself enforces.
   */
  String by() default "";

  /** What the compiler makes of several such annotations on one test. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface Several {

    /** The annotations, in their order. */
    Rejects[] value();
  }
}
