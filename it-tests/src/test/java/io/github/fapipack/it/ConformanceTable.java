package io.github.fapipack.it;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rule holds which clause, and which tests show it; read from the compiled code. */
final class ConformanceTable {
  private static final String CLAUSE = "io.github.fapipack.rule.Clause";
  private static final String HEADER =
      "| Clauses | Held by | Accepting tests | Refusing tests |\n|---|---|---|---|\n";
  private static final String SUMMARY =
      "| Specification | Clauses | Held by | Accepting tests | Refusing tests |\n"
          + "|---|---|---|---|---|\n";

  private final JavaClasses providers;
  private final JavaClasses tests;

  private ConformanceTable(JavaClasses providers, JavaClasses tests) {
    this.providers = providers;
    this.tests = tests;
  }

  static ConformanceTable read(Path root) {
    return new ConformanceTable(
        new ClassFileImporter().importPath(root.resolve("providers/target/classes")),
        new ClassFileImporter().importPath(root.resolve("it-tests/target/test-classes")));
  }

  /** The clauses of every class of the pack that names some, by class name. */
  Map<String, List<String>> clauses() {
    return providers.stream()
        .filter(type -> type.tryGetAnnotationOfType(CLAUSE).isPresent())
        .collect(
            Collectors.toMap(
                JavaClass::getSimpleName,
                type -> clauses(type.getAnnotationOfType(CLAUSE).get("value").orElseThrow()),
                (one, other) -> one,
                TreeMap::new));
  }

  /** The tests that show a request which keeps the clause. */
  List<JavaMethod> accepting(String clause) {
    return naming(Accepts.class.getName(), clause);
  }

  /** The tests that show a request which breaks the clause. */
  List<JavaMethod> rejecting(String clause) {
    return naming(Rejects.class.getName(), clause);
  }

  /** How many clauses of each specification are held, by how many classes and tests. */
  String summary() {
    Map<String, TreeSet<String>> bySpecification = new TreeMap<>();
    clauses().values().stream()
        .flatMap(List::stream)
        .forEach(
            clause ->
                bySpecification
                    .computeIfAbsent(clause.split(" ")[0], name -> new TreeSet<>())
                    .add(clause));
    return bySpecification.entrySet().stream()
        .map(
            row ->
                "| %s | %d | %s | %d | %d |\n"
                    .formatted(
                        row.getKey(),
                        row.getValue().size(),
                        classes(holders(row.getValue())),
                        tests(row.getValue().stream().flatMap(c -> accepting(c).stream())),
                        tests(row.getValue().stream().flatMap(c -> rejecting(c).stream()))))
        .collect(Collectors.joining("", SUMMARY, ""));
  }

  private long holders(Set<String> clauses) {
    return clauses().values().stream()
        .filter(held -> held.stream().anyMatch(clauses::contains))
        .count();
  }

  private static String classes(long number) {
    return number == 1 ? "1 class" : number + " classes";
  }

  private static long tests(Stream<JavaMethod> methods) {
    return methods.map(JavaMethod::getFullName).distinct().count();
  }

  /** All clauses with the classes that hold them and the tests that show it. */
  String markdown() {
    return clauses().entrySet().stream()
        .map(
            row ->
                "| %s | %s | %s | %s |\n"
                    .formatted(
                        String.join(", ", row.getValue()),
                        row.getKey(),
                        counted(row.getValue().stream().flatMap(c -> accepting(c).stream())),
                        counted(row.getValue().stream().flatMap(c -> rejecting(c).stream()))))
        .collect(Collectors.joining("", HEADER, ""));
  }

  private List<JavaMethod> naming(String annotation, String clause) {
    return tests.stream()
        .flatMap(type -> type.getMethods().stream())
        .filter(
            method ->
                method
                    .tryGetAnnotationOfType(annotation)
                    .map(found -> clauses(found.get("value").orElseThrow()).contains(clause))
                    .orElse(false))
        .toList();
  }

  private static String counted(Stream<JavaMethod> methods) {
    Map<String, TreeSet<String>> byClass = new TreeMap<>();
    methods.forEach(
        method ->
            byClass
                .computeIfAbsent(method.getOwner().getSimpleName(), name -> new TreeSet<>())
                .add(method.getName()));
    return byClass.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue().size())
        .collect(Collectors.joining(", "));
  }

  private static List<String> clauses(Object value) {
    return Arrays.stream((Object[]) value).map(Object::toString).toList();
  }
}
