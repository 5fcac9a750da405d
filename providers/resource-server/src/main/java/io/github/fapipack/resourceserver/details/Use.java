package io.github.fapipack.resourceserver.details;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an operation is about to do, to be compared with what the user has approved. Immutable. Its
 * values may come from the request: one that makes no sense is not covered.
 *
 * <pre>{@code
 * Use.none()
 *     .actions("initiate")
 *     .amount("/instructedAmount", payment.amount(), payment.currency())
 *     .member("/creditorAccount/iban", payment.iban())
 * }</pre>
 *
 * <p>Members are named by JSON Pointers (RFC 6901), as in the files of the types. What the type
 * says of a member decides: a subset, at most, earlier, later; otherwise it must be equal. An
 * object has all members that the granted one has. Actions, locations, data types and privileges
 * may be fewer than granted in every type (RFC 9396 2.2). A member that was not granted is never
 * covered.
 */
public final class Use {
  private static final Set<String> SETS = Set.of("actions", "locations", "datatypes", "privileges");
  private static final Set<String> AMOUNT = Set.of("amount", "currency");

  private final List<Wanted> wanted;
  private final boolean whole;

  /**
   * One member.
   *
   * @param money whether it must be a plain decimal that is not negative
   * @param shown whether its value may be repeated to the client
   */
  record Wanted(MemberPath path, Object value, boolean money, boolean shown) {}

  private Use(List<Wanted> wanted, boolean whole) {
    this.wanted = wanted;
    this.whole = whole;
  }

  /** A use that needs nothing but an object of the type. */
  public static Use none() {
    return new Use(List.of(), false);
  }

  /**
   * All members of an object, as a client would ask for it; its {@code type} is left out. Unless it
   * has every member that the file of the type requires, it is not covered: a payment that does not
   * say whom it pays would be covered by whatever was approved.
   *
   * @param object parsed JSON: maps, lists, strings, numbers, booleans, nulls
   */
  public static Use of(Map<String, Object> object) {
    List<Wanted> all = new ArrayList<>();
    object.forEach(
        (name, value) -> {
          if (!name.equals("type")) {
            all.add(new Wanted(MemberPath.root(name), value, false, isShown(name, value)));
          }
        });
    return new Use(all, true);
  }

  /** All of these actions. */
  public Use actions(String... actions) {
    return set("/actions", actions);
  }

  /** At all of these locations. */
  public Use locations(String... locations) {
    return set("/locations", locations);
  }

  /** All of these kinds of data. */
  public Use datatypes(String... datatypes) {
    return set("/datatypes", datatypes);
  }

  /** All of these privileges. */
  public Use privileges(String... privileges) {
    return set("/privileges", privileges);
  }

  /** This resource. */
  public Use identifier(String identifier) {
    return member("/identifier", identifier);
  }

  /**
   * A member.
   *
   * @param pointer its JSON Pointer
   * @param value a map, list, string, number, boolean or null; where several values are granted,
   *     one may stand alone
   * @throws IllegalArgumentException if that is no JSON Pointer
   */
  public Use member(String pointer, Object value) {
    return with(new Wanted(MemberPath.of(pointer), value, false, false));
  }

  /**
   * An amount of money in the members {@code amount} and {@code currency} of a member.
   *
   * @param pointer the JSON Pointer of that member
   * @param amount digits with at most one point, not negative; not covered otherwise
   */
  public Use amount(String pointer, String amount, String currency) {
    return amount(pointer + "/amount", amount, pointer + "/currency", currency);
  }

  /** The same with a number. */
  public Use amount(String pointer, BigDecimal amount, String currency) {
    return money(pointer + "/amount", amount, pointer + "/currency", currency);
  }

  /** An amount of money in two members, wherever they are. */
  public Use amount(String amountPointer, String amount, String currencyPointer, String currency) {
    return money(amountPointer, amount, currencyPointer, currency);
  }

  private Use money(String amountPointer, Object amount, String currencyPointer, String currency) {
    return with(new Wanted(MemberPath.of(amountPointer), amount, true, true))
        .with(new Wanted(MemberPath.of(currencyPointer), currency, false, true));
  }

  /** Sets of what is allowed, and amounts of money, are not personal. */
  private static boolean isShown(String name, Object value) {
    return SETS.contains(name)
        || (value instanceof Map<?, ?> object && object.keySet().equals(AMOUNT));
  }

  List<Wanted> wanted() {
    return wanted;
  }

  /** Whether it leaves out a member that a whole object must have. */
  boolean lacks(String member) {
    return whole && wanted.stream().noneMatch(one -> one.path().names().get(0).equals(member));
  }

  private Use set(String pointer, String... values) {
    return with(
        new Wanted(MemberPath.of(pointer), new ArrayList<>(Arrays.asList(values)), false, true));
  }

  private Use with(Wanted one) {
    List<Wanted> more = new ArrayList<>(wanted);
    more.add(one);
    return new Use(more, whole);
  }
}
