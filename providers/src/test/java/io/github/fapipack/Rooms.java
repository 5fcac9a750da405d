package io.github.fapipack;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rooms of the pack, which are the packages directly below {@code io.github.fapipack}, and the
 * rooms that each one uses.
 */
record Rooms(NavigableMap<String, NavigableSet<String>> uses) {

  private static final String ROOT = "io.github.fapipack.";

  static Rooms of(JavaClasses pack) {
    NavigableMap<String, NavigableSet<String>> uses = new TreeMap<>();
    for (JavaClass type : pack) {
      NavigableSet<String> used = uses.computeIfAbsent(room(type), none -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getBaseComponentType())
          .filter(target -> target.getPackageName().startsWith(ROOT))
          .map(Rooms::room)
          .filter(other -> !other.equals(room(type)))
          .forEach(used::add);
    }
    // What comes from another module is no room here.
    uses.values().forEach(used -> used.retainAll(uses.keySet()));
    return new Rooms(uses);
  }

  private static String room(JavaClass type) {
    return type.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", "");
  }

  Set<String> names() {
    return uses.keySet();
  }

  /** One line for each room, the highest first: its layer, its name, and the rooms it stands on. */
  String picture() {
    Map<String, Integer> layers =
        names().stream().collect(Collectors.toMap(room -> room, this::layer));
    Comparator<String> fromAbove =
        Comparator.<String, Integer>comparing(layers::get)
            .reversed()
            .thenComparing(Comparator.naturalOrder());
    return names().stream()
        .sorted(fromAbove)
        .map(
            room ->
                "%2d  %-16s %s"
                    .formatted(
                        layers.get(room),
                        room,
                        standsOn(room).stream().sorted(fromAbove).collect(Collectors.joining(" ")))
                    .stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private int layer(String room) {
    return 1 + uses.get(room).stream().mapToInt(this::layer).max().orElse(0);
  }

  /** The rooms that it uses, without those that one of them uses as well. */
  private Set<String> standsOn(String room) {
    return uses.get(room).stream()
        .filter(used -> uses.get(room).stream().noneMatch(other -> reaches(other, used)))
        .collect(Collectors.toSet());
  }

  private boolean reaches(String room, String below) {
    return uses.get(room).stream().anyMatch(used -> used.equals(below) || reaches(used, below));
  }
}
