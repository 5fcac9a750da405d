package io.github.fapipack.it;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which class enforces which clause, and which of its tests show it; read from the compiled code.
 */
final class ConformanceTable {
  private static final String CLAUSE = "io.github.fapipack.rule.Clause";
  private static final String HEADER =
      "| Clause | What it asks for | Held by | Accepting tests | Refusing tests |\n"
          + "|---|---|---|---|---|\n";
  private static final String SUMMARY =
      "| Specification | Clauses | Held by | Accepting tests | Refusing tests |\n"
          + "|---|---|---|---|---|\n";

  /**
   * What one test shows.
   *
   * @param by the class whose work it shows; empty for Keycloak
   * @param accepts whether the test shows a request that keeps the clause, or one that breaks it
   */
  record Claim(String clause, String by, boolean accepts, JavaMethod test) {}

  private final Map<String, List<String>> holders;
  private final List<Claim> claims;

  private ConformanceTable(Map<String, List<String>> holders, List<Claim> claims) {
    this.holders = holders;
    this.claims = claims;
  }

  static ConformanceTable read() {
    JavaClasses classes =
        ArchConfiguration.withThreadLocalScope(
            (Function<ArchConfiguration, JavaClasses>) ConformanceTable::classes);
    return new ConformanceTable(
        classes.stream()
            .filter(type -> type.tryGetAnnotationOfType(CLAUSE).isPresent())
            .collect(
                Collectors.toMap(
                    JavaClass::getSimpleName,
                    type -> texts(type.getAnnotationOfType(CLAUSE)),
                    (one, other) -> one,
                    TreeMap::new)),
        classes.stream()
            .flatMap(type -> type.getMethods().stream())
            .flatMap(ConformanceTable::claims)
            .toList());
  }

  /** Only annotations count, so that what the classes depend on need not be read. */
  private static JavaClasses classes(ArchConfiguration configuration) {
    configuration.setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/shaded/"))
        .importPackages("io.github.fapipack");
  }

  private static Stream<Claim> claims(JavaMethod test) {
    return Stream.concat(
        claims(test, Accepts.class, Accepts.Several.class, true),
        claims(test, Rejects.class, Rejects.Several.class, false));
  }

  private static Stream<Claim> claims(
      JavaMethod test, Class<?> one, Class<?> several, boolean accepts) {
    Stream<JavaAnnotation<?>> single =
        test.tryGetAnnotationOfType(one.getName()).stream().map(a -> a);
    Stream<JavaAnnotation<?>> more =
        test.tryGetAnnotationOfType(several.getName()).stream()
            .flatMap(found -> Arrays.stream((Object[]) found.get("value").orElseThrow()))
            .map(found -> (JavaAnnotation<?>) found);
    return Stream.concat(single, more)
        .flatMap(
            found -> {
              String by = found.get("by").map(Object::toString).orElse("");
              return texts(found).stream().map(clause -> new Claim(clause, by, accepts, test));
            });
  }

  private static List<String> texts(JavaAnnotation<?> annotation) {
    return Arrays.stream((Object[]) annotation.get("value").orElseThrow())
        .map(Object::toString)
        .toList();
  }

  /** The clauses of every class of the pack with clauses, by class name. */
  Map<String, List<String>> holders() {
    return holders;
  }

  /** What all tests show. */
  List<Claim> claims() {
    return claims;
  }

  /** The tests that show how a class holds a clause. */
  List<JavaMethod> tests(String by, String clause, boolean accepting) {
    return claims.stream()
        .filter(claim -> claim.by().equals(by) && claim.clause().equals(clause))
        .filter(claim -> claim.accepts() == accepting)
        .map(Claim::test)
        .toList();
  }

  /** All clauses that are held, by specification and in the order of their numbers. */
  private Map<String, List<String>> clauses() {
    return Stream.concat(
            holders.values().stream().flatMap(List::stream), claims.stream().map(Claim::clause))
        .distinct()
        .sorted(Comparator.comparing(ConformanceTable::sortable))
        .collect(
            Collectors.groupingBy(
                ConformanceTable::specification, TreeMap::new, Collectors.toList()));
  }

  private static String specification(String clause) {
    return clause.substring(0, clause.indexOf(' '));
  }

  /** The same with numbers of equal length, so that 10 comes after 9. */
  private static String sortable(String clause) {
    StringBuilder padded = new StringBuilder();
    for (String part : clause.split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
      padded.append(Character.isDigit(part.charAt(0)) ? "%6s".formatted(part) : part);
    }
    return padded.toString();
  }

  /** How many clauses of each specification are held, by how many classes and tests. */
  String summary() {
    return clauses().entrySet().stream()
        .map(
            row ->
                "| %s | %d | %s | %d | %d |\n"
                    .formatted(
                        row.getKey(),
                        row.getValue().size(),
                        classes(row.getKey()),
                        tests(row.getKey(), Claim::accepts),
                        tests(row.getKey(), claim -> !claim.accepts())))
        .collect(Collectors.joining("", SUMMARY, ""));
  }

  private String classes(String specification) {
    long number =
        holders.values().stream().filter(held -> held.stream().anyMatch(of(specification))).count();
    return number == 1 ? "1 class" : number + " classes";
  }

  private long tests(String specification, Predicate<Claim> kind) {
    return claims.stream()
        .filter(claim -> of(specification).test(claim.clause()))
        .filter(kind)
        .map(claim -> claim.test().getFullName())
        .distinct()
        .count();
  }

  private static Predicate<String> of(String specification) {
    return clause -> specification(clause).equals(specification);
  }

  /**
   * Each clause with what it requires, the classes that enforce it, and the tests of these classes.
   */
  String markdown(ClauseRegister register) {
    StringBuilder text = new StringBuilder();
    clauses()
        .forEach(
            (specification, clauses) -> {
              text.append("\n## ").append(specification).append("\n\n").append(HEADER);
              clauses.forEach(clause -> text.append(rows(clause, register)));
            });
    return text.append('\n').toString();
  }

  private String rows(String clause, ClauseRegister register) {
    List<String> by =
        holders.entrySet().stream()
            .filter(holder -> holder.getValue().contains(clause))
            .map(Map.Entry::getKey)
            .toList();
    StringBuilder rows = new StringBuilder();
    for (String holder : by.isEmpty() ? List.of("") : by) {
      rows.append(
          "| %s | %s | %s | %s | %s |\n"
              .formatted(
                  rows.isEmpty() ? clause : "",
                  rows.isEmpty() ? register.text(clause).orElse("") : "",
                  holder.isEmpty() ? "Keycloak" : holder,
                  counted(tests(holder, clause, true)),
                  counted(tests(holder, clause, false))));
    }
    return rows.toString();
  }

  private static String counted(List<JavaMethod> methods) {
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
}
