package io.github.fapipack.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the pack depends on in Keycloak: the providers that it registers, its JAX-RS filters, and
 * the methods of Keycloak that it overrides. If a version of Keycloak lacks one of them, nothing
 * fails visibly: Keycloak never calls the pack there, and the rules behind it do not work.
 *
 * <p>The list is {@code fapi-pack-hooks.txt}; a unit test compares it with the code.
 */
record Hooks(List<Registration> registrations, List<String> filters, List<Overriding> overridings) {

  /** A line of {@code META-INF/services}. */
  record Registration(String factory, String type) {}

  /** A method of the pack that overrides one of Keycloak's. */
  record Overriding(String type, String method, List<String> parameters) {

    private boolean isPossible() throws ClassNotFoundException {
      return supertypes(load(type))
          .filter(supertype -> supertype.getName().startsWith("org.keycloak."))
          .flatMap(supertype -> Arrays.stream(supertype.getDeclaredMethods()))
          .anyMatch(this::isOverridden);
    }

    private boolean isOverridden(Method candidate) {
      return candidate.getName().equals(method)
          && !Modifier.isPrivate(candidate.getModifiers())
          && Arrays.stream(candidate.getParameterTypes())
              .map(Class::getName)
              .toList()
              .equals(parameters);
    }

    @Override
    public String toString() {
      return type + "." + method + "(" + String.join(",", parameters) + ")";
    }
  }

  static Hooks ofThePack() {
    try (InputStream file = Hooks.class.getResourceAsStream("/fapi-pack-hooks.txt")) {
      return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Hooks parse(String text) {
    List<String[]> lines = text.lines().map(line -> line.split(" ", -1)).toList();
    return new Hooks(
        of("provider", lines).map(words -> new Registration(words[1], words[2])).toList(),
        of("filter", lines).map(words -> words[1]).toList(),
        of("override", lines)
            .map(
                words ->
                    new Overriding(
                        words[1],
                        words[2],
                        Arrays.stream(words).skip(3).collect(Collectors.toList())))
            .toList());
  }

  private static Stream<String[]> of(String kind, List<String[]> lines) {
    return lines.stream().filter(words -> words[0].equals(kind));
  }

  /** What this Keycloak lacks, by name; empty if all rules can work. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (Registration registration : registrations) {
      requireLoads(registration.factory(), missing);
      requireLoads(registration.type(), missing);
    }
    filters.forEach(filter -> requireLoads(filter, missing));
    for (Overriding overriding : overridings) {
      try {
        if (!overriding.isPossible()) {
          missing.add("what is overridden by " + overriding);
        }
      } catch (ClassNotFoundException | LinkageError e) {
        missing.add(missingClass(e));
      }
    }
    return missing;
  }

  private static void requireLoads(String type, Set<String> missing) {
    try {
      load(type);
    } catch (ClassNotFoundException | LinkageError e) {
      missing.add(missingClass(e));
    }
  }

  /** Both exceptions name the missing class, with dots or with slashes. */
  private static String missingClass(Throwable failure) {
    return String.valueOf(failure.getMessage()).replace('/', '.');
  }

  private static Class<?> load(String type) throws ClassNotFoundException {
    return Class.forName(type, false, Hooks.class.getClassLoader());
  }

  private static Stream<Class<?>> supertypes(Class<?> type) {
    return Stream.concat(
            Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
        .flatMap(supertype -> Stream.concat(Stream.of(supertype), supertypes(supertype)));
  }
}
