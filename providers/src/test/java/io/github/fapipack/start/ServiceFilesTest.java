package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.fapipack.start.Hooks.Registration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Keycloak finds what the files in {@code META-INF/services} name, and nothing else. */
class ServiceFilesTest {

  private static final List<Registration> REGISTRATIONS = Hooks.ofThePack().registrations();

  @Test
  void nameEveryFactoryAndEverySpi() {
    Set<String> named = REGISTRATIONS.stream().map(Registration::type).collect(Collectors.toSet());
    List<String> unnamed =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.fapipack")
                .stream()
                .filter(
                    type ->
                        type.isAssignableTo(ProviderFactory.class)
                            || type.isAssignableTo(Spi.class))
                .filter(ServiceFilesTest::canBeMade)
                .map(JavaClass::getName)
                .filter(name -> !named.contains(name))
                .toList();

    assertThat(named).isNotEmpty();
    assertThat(unnamed).isEmpty();
  }

  /**
   * With a constructor that takes nothing, which the pack itself does not call: what it makes
   * itself is not for Keycloak to find.
   */
  private static boolean canBeMade(JavaClass type) {
    return !type.isInterface()
        && !type.getModifiers().contains(JavaModifier.ABSTRACT)
        && !type.isAnonymousClass()
        && type.tryGetConstructor().isPresent()
        && type.getConstructorCallsToSelf().isEmpty();
  }

  @Test
  void nameEachUnderWhatItIs() throws ClassNotFoundException {
    for (Registration registration : REGISTRATIONS) {
      Class<?> kind = Class.forName(registration.factory());
      Class<?> type = Class.forName(registration.type());

      assertThat(kind).as("%s", registration).isAssignableFrom(type);
    }
  }
}
