package io.github.fapipack;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaStaticInitializer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.fapipack.keycloak.ServerState;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Whatever changes while a server runs is in a {@link ServerState}, which ends with the server;
 * every other static field is constant.
 */
class StaticStateTest {

  private static final Set<String> WRITING =
      Set.of(
          "add",
          "addAll",
          "clear",
          "compute",
          "computeIfAbsent",
          "merge",
          "put",
          "putAll",
          "remove",
          "removeIf",
          "retainAll");

  @Test
  void whatIsStaticIsConstant() throws ReflectiveOperationException {
    List<String> changeable = new ArrayList<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.fapipack")) {
      for (JavaField field : type.getFields()) {
        if (field.getModifiers().contains(JavaModifier.STATIC) && isChangeable(field)) {
          changeable.add(field.getFullName());
        }
      }
    }

    assertThat(changeable).isEmpty();
  }

  @Test
  void whatIsNoConstantIsSeen() throws ReflectiveOperationException {
    List<String> changeable = new ArrayList<>();
    for (JavaField field : new ClassFileImporter().importClass(Samples.class).getFields()) {
      if (field.getModifiers().contains(JavaModifier.STATIC) && isChangeable(field)) {
        changeable.add(field.getName());
      }
    }

    assertThat(changeable).containsExactlyInAnyOrder("notFinal", "CONCURRENT", "WRITTEN", "OBJECT");
  }

  /** What may stand in a static field, and what may not. */
  static final class Samples {
    static final Map<String, String> CONSTANT = Map.of();
    static final Map<String, String> FILLED_ONCE = new HashMap<>();
    static final ServerState<AtomicLong> STATE = new ServerState<>(AtomicLong::new);
    static final Map<String, String> WRITTEN = new HashMap<>();
    static final AtomicLong CONCURRENT = new AtomicLong();
    static final Samples OBJECT = new Samples();
    static int notFinal;

    private int counted;

    static {
      FILLED_ONCE.put("key", "value");
    }

    static String filled(String key) {
      return FILLED_ONCE.get(key);
    }

    static int count(String key) {
      WRITTEN.put(key, key);
      return ++OBJECT.counted;
    }
  }

  private static boolean isChangeable(JavaField field) throws ReflectiveOperationException {
    if (!field.getModifiers().contains(JavaModifier.FINAL)) {
      return !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }
    if (field.getFullName().equals(ServerState.class.getName() + ".ALL")) {
      return false; // the list of all state, which grows as classes are loaded
    }
    Field declared = field.reflect();
    declared.setAccessible(true);
    Object value = declared.get(null);
    return isConcurrent(value) || isStateful(value) || (isMutable(value) && isWritten(field));
  }

  private static boolean isConcurrent(Object value) {
    return value != null
        && value.getClass().getName().startsWith("java.util.concurrent.")
        && !(value instanceof Enum);
  }

  /** An object of the pack, but for state that ends with the server, with a field that changes. */
  private static boolean isStateful(Object value) throws IllegalAccessException {
    if (value == null
        || value instanceof ServerState
        || !value.getClass().getName().startsWith("io.github.fapipack.")) {
      return false;
    }
    for (Field field : value.getClass().getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        if (!Modifier.isFinal(field.getModifiers()) || isConcurrent(field.get(value))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMutable(Object value) {
    String type = value == null ? "" : value.getClass().getName();
    return (value instanceof Map || value instanceof Collection)
        && !type.startsWith("java.util.ImmutableCollections$")
        && !type.startsWith("java.util.Collections$Unmodifiable")
        && !type.startsWith("java.util.Collections$Empty");
  }

  /** Whether anything but the static initializer, and what only that calls, may change it. */
  private static boolean isWritten(JavaField field) {
    return field.getAccessesToSelf().stream()
        .map(JavaAccess::getOrigin)
        .filter(origin -> !isOfInitializer(origin))
        .flatMap(origin -> origin.getMethodCallsFromSelf().stream())
        .anyMatch(
            call ->
                (call.getTargetOwner().isAssignableTo(Map.class)
                        || call.getTargetOwner().isAssignableTo(Collection.class))
                    && WRITING.contains(call.getName()));
  }

  private static boolean isOfInitializer(JavaCodeUnit unit) {
    return unit instanceof JavaStaticInitializer
        || (!unit.getCallsOfSelf().isEmpty()
            && unit.getCallsOfSelf().stream()
                .map(JavaAccess::getOrigin)
                .filter(origin -> !origin.equals(unit))
                .allMatch(StaticStateTest::isOfInitializer));
  }
}
