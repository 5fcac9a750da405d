package io.github.fapipack.resourceserver.details;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One granted object compared with one use.
 *
 * @param uncovered the members that it does not cover, in the order of the use
 */
record Match(Map<String, Object> granted, List<MemberPath> uncovered) {

  /** Members with the same meaning in every type: sets of what is allowed (RFC 9396 2.2). */
  private static final Set<MemberPath> SETS =
      Set.of(
          MemberPath.of("/actions"),
          MemberPath.of("/locations"),
          MemberPath.of("/datatypes"),
          MemberPath.of("/privileges"));

  static Match of(Map<String, Object> granted, DetailType type, Use use) {
    List<MemberPath> uncovered = new ArrayList<>();
    use.wanted().forEach(one -> difference(one, granted, type).ifPresent(uncovered::add));
    type.required().stream().filter(use::lacks).map(MemberPath::root).forEach(uncovered::add);
    return new Match(granted, List.copyOf(uncovered));
  }

  boolean isComplete() {
    return uncovered.isEmpty();
  }

  private static Optional<MemberPath> difference(
      Use.Wanted wanted, Map<String, Object> granted, DetailType type) {
    Object there = wanted.path().in(granted);
    if (!wanted.money()) {
      return difference(wanted.value(), there, wanted.path(), type);
    }
    return isEnough(wanted, there, type) ? Optional.empty() : Optional.of(wanted.path());
  }

  /** The place of the first difference that is not a narrowing; empty if there is none. */
  private static Optional<MemberPath> difference(
      Object wanted, Object granted, MemberPath path, DetailType type) {
    if (granted == MemberPath.MISSING || wanted == MemberPath.MISSING) {
      return Optional.of(path);
    }
    Comparison comparison = comparison(path, type);
    if (comparison != null) {
      return comparison.fits(wanted, granted) ? Optional.empty() : Optional.of(path);
    }
    if (!(wanted instanceof Map<?, ?> left) || !(granted instanceof Map<?, ?> right)) {
      return JsonValues.same(wanted, granted) ? Optional.empty() : Optional.of(path);
    }
    Set<String> names = new TreeSet<>();
    left.keySet().forEach(name -> names.add(String.valueOf(name)));
    right.keySet().forEach(name -> names.add(String.valueOf(name)));
    for (String name : names) {
      Optional<MemberPath> inner =
          difference(member(left, name), member(right, name), path.member(name), type);
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static Object member(Map<?, ?> object, String name) {
    return object.containsKey(name) ? object.get(name) : MemberPath.MISSING;
  }

  private static Comparison comparison(MemberPath path, DetailType type) {
    Comparison own = type.comparisons().get(path);
    return own == null && SETS.contains(path) ? Comparison.SUBSET : own;
  }

  /** An amount that may not be less than granted must be worth the same, however it is written. */
  private static boolean isEnough(Use.Wanted wanted, Object granted, DetailType type) {
    Optional<BigDecimal> amount = JsonValues.decimal(wanted.value());
    Optional<BigDecimal> most = JsonValues.decimal(granted);
    if (amount.isEmpty() || most.isEmpty()) {
      return false;
    }
    int order = amount.get().compareTo(most.get());
    return comparison(wanted.path(), type) == Comparison.AT_MOST ? order <= 0 : order == 0;
  }
}
