package io.github.fapipack.it.testing;

import io.github.fapipack.it.samples.LegacyBank;
import java.lang.reflect.Field;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ModifierSupport;

/** Fills the fields of {@link FapiRealm}; it keeps nothing that two classes could share. */
final class FapiRealmExtension implements BeforeAllCallback, BeforeEachCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(FapiRealmExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) throws IllegalAccessException {
    fill(context, null, ModifierSupport::isStatic);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IllegalAccessException {
    fill(context, context.getRequiredTestInstance(), ModifierSupport::isNotStatic);
  }

  private static void fill(ExtensionContext context, Object test, Predicate<Field> which)
      throws IllegalAccessException {
    for (Field field :
        AnnotationSupport.findAnnotatedFields(
            context.getRequiredTestClass(),
            FapiRealm.class,
            which,
            HierarchyTraversalMode.TOP_DOWN)) {
      TestRealm realm = create(field.getAnnotation(FapiRealm.class).value());
      // JUnit closes what it keeps at the end of the class, or of the test.
      context.getStore(NAMESPACE).put(field, realm);
      field.setAccessible(true);
      field.set(test, realm);
    }
  }

  private static TestRealm create(String name) {
    return name.equals(FapiRealm.LEGACY_BANK)
        ? TestRealm.create(LegacyBank.realm())
        : TestRealm.create(name);
  }
}
