package io.github.fapipack.resourceserver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The lines between the rooms of the kit, and what it may need of others. */
class RoomsTest {
  private static final String KIT = "io.github.fapipack.resourceserver";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test"))
          .importPackages(KIT);

  @Test
  void formNoCircle() {
    slices().matching(KIT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void needNoFrameworkButInTheAdapterForIt() {
    noClasses()
        .that()
        .resideOutsideOfPackage(KIT + ".servlet..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage(KIT + ".rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(CLASSES);
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.RedisReplayStore(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("redis..")
        .check(CLASSES);
  }

  @Test
  void needNothingElse() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "java..",
            "javax.net.ssl..",
            "javax.crypto..",
            "javax.security.auth.x500..",
            "javax.sql..",
            "io.github.fapipack.httpsig..",
            KIT + "..",
            "com.nimbusds.jose..",
            "com.nimbusds.jwt..",
            "com.github.benmanes.caffeine..",
            "jakarta.servlet..",
            "jakarta.ws.rs..",
            "redis.clients.jedis..")
        .check(CLASSES);
  }

  @Test
  void sayWhatTheyAre() {
    assertThat(CLASSES.getPackage(KIT).getSubpackagesInTree())
        .isNotEmpty()
        .filteredOn(room -> !room.getClasses().isEmpty())
        .allSatisfy(RoomsTest::saysWhatItIs);
  }

  private static void saysWhatItIs(JavaPackage room) {
    assertThat(Path.of("src/main/java", room.getName().split("\\.")).resolve("package-info.java"))
        .content()
        .containsPattern("Start[ *\\s]+with");
  }
}
