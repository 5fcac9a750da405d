package io.github.fapipack.rule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one component of a rule's settings record for the admin console's form. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** Name of the field in the admin console. */
  String label();

  /** One sentence: meaning and unit. */
  String help();

  /** Default, as the form would send it; values of a list are separated by blanks. */
  String value();
}
