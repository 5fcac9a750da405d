package io.github.fapipack.rule;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The id of a rule or a condition, as realms store it in their client profiles and policies. It
 * never changes, even if the class is renamed, because a realm loses a rule whose id no class has.
 * {@code RuleIdsTest} pins all of them.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RuleId {

  /** The class name in kebab case after {@code fapi1-} or {@code fapi2-}, when it was written. */
  String value();
}
