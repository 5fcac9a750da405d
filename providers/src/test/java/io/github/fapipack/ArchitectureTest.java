package io.github.fapipack;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.github.fapipack.leftofcircle.Left;
import io.github.fapipack.rightofcircle.Right;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.rule.Condition;
import io.github.fapipack.rule.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProviderFactory;

/** The lines between the packages, and the one shape that every rule has. */
class ArchitectureTest {
  private static final String PACK = "io.github.fapipack";
  private static final String PICTURE = "```text\n";

  private static final ArchRule NO_CIRCLES =
      slices().matching(PACK + ".(*)..").should().beFreeOfCycles();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          // A module of its own.
          .withImportOption(location -> !location.contains("/httpsig/"))
          .importPackages(PACK);

  @Test
  void roomsFormNoCircle() {
    NO_CIRCLES.check(CLASSES);
  }

  @Test
  void aCircleOfRoomsIsFound() {
    JavaClasses circle = new ClassFileImporter().importClasses(Left.class, Right.class);

    assertThatThrownBy(() -> NO_CIRCLES.check(circle))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Cycle detected: Slice leftofcircle");
  }

  @Test
  void everyRoomSaysWhatItIs() {
    assertThat(Rooms.of(CLASSES).names())
        .isNotEmpty()
        .allSatisfy(
            room ->
                assertThat(Path.of("src/main/java/io/github/fapipack", room, "package-info.java"))
                    .content()
                    .containsPattern("Start[ *\\s]+with"));
  }

  @Test
  void thePictureOfTheRoomsIsThatOfTheCode() throws IOException {
    Path document = Path.of("../ARCHITECTURE.md");
    String text = Files.readString(document);
    int begin = text.indexOf(PICTURE) + PICTURE.length();
    int end = text.indexOf("```", begin);
    String picture = Rooms.of(CLASSES).picture();
    if (System.getProperty("generated.update") != null) {
      Files.writeString(document, text.substring(0, begin) + picture + text.substring(end));
      return;
    }

    assertThat(text.substring(begin, end))
        .as("write it anew: mvn test -Dtest=ArchitectureTest -Dgenerated.update")
        .isEqualTo(picture);
  }

  @Test
  void theKernelKnowsNoFeature() {
    noClasses()
        .that()
        .resideInAPackage(PACK + ".rule..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "features",
                (JavaClass type) ->
                    type.getPackageName().startsWith(PACK + ".")
                        && !type.getPackageName().startsWith(PACK + ".keycloak")
                        && !type.getPackageName().startsWith(PACK + ".rule")))
        .check(CLASSES);
  }

  /** Whatever is kept for the rest of a request has a key of its own. */
  @Test
  void onlyTheStateOfARequestIsAnAttributeOfASession() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(PACK + ".rule.RequestState")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a session's attribute is set",
                (JavaMethodCall call) ->
                    call.getTargetOwner().isEquivalentTo(KeycloakSession.class)
                        && call.getName().matches("(set|remove)Attribute")))
        .check(CLASSES);
  }

  @Test
  void onlyTheKernelImplementsThePolicySpi() {
    noClasses()
        .that()
        .resideOutsideOfPackage(PACK + ".rule..")
        .should()
        .implement(ClientPolicyExecutorProvider.class)
        .check(CLASSES);
  }

  @Test
  void everyRuleNamesItsClauseAndCannotBeExtended() {
    classes()
        .that()
        .areAssignableTo(Rule.class)
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .beAnnotatedWith(Clause.class)
        .andShould()
        .haveModifier(JavaModifier.FINAL)
        .check(CLASSES);
  }

  @Test
  void everyRuleIsRegistered() {
    Set<String> registered =
        ServiceLoader.load(ClientPolicyExecutorProviderFactory.class).stream()
            .map(provider -> provider.type().getName())
            .collect(Collectors.toSet());

    assertThat(
            CLASSES.stream()
                .filter(type -> type.isAssignableTo(Rule.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(JavaClass::getName))
        .isNotEmpty()
        .allMatch(registered::contains);
  }

  @Test
  void rulesAreNamedForWhatTheyDemand() {
    noClasses()
        .that()
        .areAssignableTo(Rule.class)
        .or()
        .areAssignableTo(Condition.class)
        .should()
        .haveSimpleNameEndingWith("Executor")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .check(CLASSES);
  }

  /** What a stranger sends is data: it never chooses a class, a method or a program. */
  @Test
  void nothingIsReflectedUponButTheSettingsOfRules() {
    noClasses()
        .that()
        // It looks, before any request, whether Keycloak has what the pack's own list names.
        .resideOutsideOfPackage(PACK + ".start..")
        .and()
        // It stands in front of Keycloak's factories while the server starts.
        .resideOutsideOfPackage(PACK + ".keycloak..")
        .and()
        // It reads which components a settings record has, which no request can choose.
        .doNotHaveFullyQualifiedName(PACK + ".rule.RuleSettings")
        .and()
        // It stands for a client, of whose interface it answers a few methods, all named there.
        .doNotHaveFullyQualifiedName(PACK + ".client.UnknownClient")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.reflect..", "java.lang.invoke..", "java.beans..")
        .check(CLASSES);
  }

  @Test
  void nothingIsLoadedRunOrDeserialisedByName() {
    noClasses()
        .that()
        .resideOutsideOfPackage(PACK + ".start..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.script..", "javax.naming..", "java.rmi..", "javax.tools..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.io\\.ObjectInputStream|java\\.beans\\.XMLDecoder|java\\.net\\.URLClassLoader"
                + "|java\\.lang\\.(ProcessBuilder|Runtime)|com\\.fasterxml\\.jackson\\..*"
                + "(JsonTypeInfo|JsonTypeResolver|PolymorphicTypeValidator)")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a class is found by a name, or made without knowing it",
                (JavaMethodCall call) ->
                    isOneOf(call, Class.class, "forName", "newInstance")
                        || isOneOf(call, ClassLoader.class, "loadClass")
                        || isOneOf(
                            call,
                            ObjectMapper.class,
                            "enableDefaultTyping",
                            "activateDefaultTyping",
                            "activateDefaultTypingAsProperty",
                            "setDefaultTyping")))
        .check(CLASSES);
  }

  private static boolean isOneOf(JavaMethodCall call, Class<?> owner, String... names) {
    return call.getTargetOwner().isAssignableTo(owner) && Set.of(names).contains(call.getName());
  }
}
