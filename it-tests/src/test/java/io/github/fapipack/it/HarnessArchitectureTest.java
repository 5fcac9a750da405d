package io.github.fapipack.it;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/**
 * The packages of the harness, and of what the tests share, do not depend on each other in turn.
 */
class HarnessArchitectureTest {
  private static final String HARNESS = "io.github.fapipack.it";

  private final JavaClasses harness = new ClassFileImporter().importPackages(HARNESS);

  @Test
  void thePackagesAreFreeOfCircles() {
    slices().matching(HARNESS + ".(*)..").should().beFreeOfCycles().check(harness);
  }

  @Test
  void aCircleWouldBeFound() {
    // Inside a package classes do know each other, so with each class for itself there are circles.
    boolean found =
        slices()
            .assignedFrom(eachClassForItself())
            .should()
            .beFreeOfCycles()
            .evaluate(harness)
            .hasViolation();

    assertThat(found).isTrue();
  }

  private static SliceAssignment eachClassForItself() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return SliceIdentifier.of(type.getName());
      }

      @Override
      public String getDescription() {
        return "each class for itself";
      }
    };
  }
}
