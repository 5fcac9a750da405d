package io.github.fapipack.it.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Puts a {@link TestRealm} of its own into a field of a test class, and deletes the realm after the
 * last use: after the class for a static field, which is set before {@code @BeforeAll}, and after
 * each test for any other, which is set before {@code @BeforeEach}. What the server logs during a
 * test that fails is printed.
 *
 * <pre>{@code
 * @FapiRealm("fapi2-security-profile")
 * private static TestRealm realm;
 * }</pre>
 */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({FapiRealmExtension.class, ServerLogOnFailure.class})
public @interface FapiRealm {
  /** A realm as it was before any profile: {@link io.github.fapipack.it.samples.LegacyBank}. */
  String LEGACY_BANK = "legacy-bank";

  /** The name of a file in realm-exports without its ending, or {@link #LEGACY_BANK}. */
  String value();
}
