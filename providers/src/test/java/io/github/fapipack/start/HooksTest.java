package io.github.fapipack.start;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.fapipack.keycloak.Reliance;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the list of what the pack hangs on is whole, and that a gap in it is seen. */
class HooksTest {
  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path LIST = RESOURCES.resolve("fapi-pack-hooks.txt");

  @Test
  void theListIsThatOfTheCode() throws IOException {
    List<JavaClass> pack =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.github.fapipack")
                .stream()
                .toList();
    Set<String> lines = registrations();
    pack.stream()
        .filter(type -> type.isAnnotatedWith(Provider.class))
        .forEach(type -> lines.add("filter " + type.getName()));
    pack.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(HooksTest::replacesCode)
        .forEach(
            method ->
                lines.add(
                    ("override " + method.getOwner().getName() + " " + words(method)).strip()));
    Reliance.all().forEach(reliance -> lines.add(reliance.toString()));
    String whole = String.join("\n", lines) + "\n";

    if (System.getProperty("hooks.update") != null) {
      Files.writeString(LIST, whole);
    }
    assertThat(LIST)
        .as("write it anew: mvn test -Dtest=HooksTest -Dhooks.update")
        .hasContent(whole);
  }

  @Test
  void seesWhatKeycloakLacks() {
    Hooks hooks =
        Hooks.parse(
            """
            provider org.keycloak.NoSuchFactory io.github.fapipack.start.PackStart
            filter io.github.fapipack.http.NoSuchFilter
            override io.github.fapipack.start.PackStart noSuchMethod java.lang.String
            override io.github.fapipack.start.PackStart postInit java.lang.String
            """);

    assertThat(hooks.missing())
        .containsExactlyInAnyOrder(
            "org.keycloak.NoSuchFactory",
            "io.github.fapipack.http.NoSuchFilter",
            "what is overridden by"
                + " io.github.fapipack.start.PackStart.noSuchMethod(java.lang.String)",
            "what is overridden by io.github.fapipack.start.PackStart.postInit(java.lang.String)");
  }

  @Test
  void findsWhatIsThere() {
    Hooks hooks =
        Hooks.parse(
            """
            provider org.keycloak.provider.Spi io.github.fapipack.start.StartSpi
            filter io.github.fapipack.http.SeeOther
            override io.github.fapipack.start.StartSpi getName
            override io.github.fapipack.start.PackStart init org.keycloak.Config$Scope
            """);

    assertThat(hooks.missing()).isEmpty();
  }

  private static Set<String> registrations() throws IOException {
    TreeSet<String> lines = new TreeSet<>();
    try (Stream<Path> files = Files.list(RESOURCES.resolve("META-INF/services"))) {
      files.forEach(
          file ->
              read(file)
                  .filter(line -> !line.isBlank() && !line.startsWith("#"))
                  .forEach(line -> lines.add("provider " + file.getFileName() + " " + line)));
    }
    return lines;
  }

  /** Not what merely implements an abstract method: a server that lacks it fails by itself. */
  private static boolean replacesCode(JavaMethod method) {
    List<JavaMethod> replaced =
        Stream.concat(
                method.getOwner().getAllRawSuperclasses().stream(),
                method.getOwner().getAllRawInterfaces().stream())
            .filter(type -> type.getName().startsWith("org.keycloak."))
            .flatMap(type -> type.getMethods().stream())
            .filter(
                candidate ->
                    candidate.getName().equals(method.getName())
                        && names(candidate).equals(names(method))
                        && !candidate.getModifiers().contains(JavaModifier.PRIVATE)
                        && !candidate.getModifiers().contains(JavaModifier.STATIC))
            .toList();
    return !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && replaced.stream()
            .anyMatch(candidate -> !candidate.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  private static String words(JavaMethod method) {
    return method.getName() + " " + String.join(" ", names(method));
  }

  private static List<String> names(JavaMethod method) {
    return method.getRawParameterTypes().stream()
        .map(JavaClass::getName)
        .collect(Collectors.toList());
  }

  private static Stream<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
