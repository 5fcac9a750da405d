package io.github.fapipack.template;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The names that placeholders can have at a place of a template: those of things there is one of,
 * and those of lists, of whose elements each is in turn such a thing.
 */
final class Vocabulary {

  /** What {@code each} goes through: the name of an element. */
  private static final Map<String, String> LISTS =
      Map.of(
          "organisations", "organisation",
          "organisation.roles", "role",
          "organisation.software", "software",
          "software.roles", "role");

  private static final Map<String, Map<String, Kind>> THINGS =
      Map.of(
          "organisation",
          with(
              texts("id", "name", "number", "country", "status", "jwks_uri", "inactive_jwks_uri"),
              Map.of("since", Kind.INSTANT, "role_names", Kind.TEXTS)),
          "software",
          with(
              texts(
                  "id",
                  "name",
                  "description",
                  "version",
                  "status",
                  "client_uri",
                  "logo_uri",
                  "policy_uri",
                  "tos_uri",
                  "origin",
                  "jwks_uri",
                  "inactive_jwks_uri"),
              Map.of(
                  "created", Kind.INSTANT,
                  "changed", Kind.INSTANT,
                  "redirect_uris", Kind.TEXTS,
                  "role_names", Kind.TEXTS)),
          "role",
          texts("name", "status"));

  private static final Map<String, Kind> REALM = texts("realm", "directory");

  private static final Map<String, Kind> ADDRESSES = with(REALM, texts("issuer"));

  private static final Map<String, Kind> STATEMENT =
      with(ADDRESSES, Map.of("now", Kind.INSTANT, "expiry", Kind.INSTANT, "uuid", Kind.TEXT));

  private static final Set<String> NOT_IN_CERTIFICATES = Set.of("jwks_uri", "inactive_jwks_uri");

  private final Map<String, Kind> names;
  private final Set<String> things;
  private final boolean inCertificate;

  private Vocabulary(Map<String, Kind> names, Set<String> things, boolean inCertificate) {
    this.names = names;
    this.things = things;
    this.inCertificate = inCertificate;
  }

  /** In the name of the issuer. */
  static Vocabulary ofIssuer() {
    return new Vocabulary(REALM, Set.of(), false);
  }

  /** In a statement about a software. */
  static Vocabulary ofStatement() {
    return new Vocabulary(STATEMENT, Set.of("organisation", "software"), false);
  }

  /** In a list of participants, which has no time, so that it is the same on every node. */
  static Vocabulary ofParticipants() {
    return new Vocabulary(ADDRESSES, Set.of(""), false);
  }

  /** In the names of a certificate, which do not depend on addresses of the directory. */
  static Vocabulary ofCertificate() {
    return new Vocabulary(Map.of(), Set.of("organisation", "software"), true);
  }

  /** The vocabulary without a value. */
  Vocabulary without(String name) {
    Map<String, Kind> fewer = new HashMap<>(names);
    fewer.remove(name);
    return new Vocabulary(fewer, things, inCertificate);
  }

  /** The kind of a value; empty if there is none with that name. */
  Optional<Kind> kind(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return Optional.ofNullable(names.get(name));
    }
    String thing = name.substring(0, dot);
    String member = name.substring(dot + 1);
    return things.contains(thing) && !(inCertificate && NOT_IN_CERTIFICATES.contains(member))
        ? Optional.ofNullable(THINGS.get(thing).get(member))
        : Optional.empty();
  }

  /** The name of an element of a list; empty if there is no list with that name. */
  Optional<String> element(String list) {
    String owner = list.contains(".") ? list.substring(0, list.indexOf('.')) : "";
    return things.contains(owner) ? Optional.ofNullable(LISTS.get(list)) : Optional.empty();
  }

  /** The vocabulary for what is said of each element. */
  Vocabulary within(String element) {
    Set<String> more = new HashSet<>(things);
    more.add(element);
    return new Vocabulary(names, more, inCertificate);
  }

  /** All names of values of a thing. */
  static Set<String> names(String thing) {
    return new TreeMap<>(THINGS.get(thing)).keySet();
  }

  private static Map<String, Kind> texts(String... names) {
    Map<String, Kind> kinds = new HashMap<>();
    for (String name : names) {
      kinds.put(name, Kind.TEXT);
    }
    return kinds;
  }

  private static Map<String, Kind> with(Map<String, Kind> some, Map<String, Kind> more) {
    Map<String, Kind> all = new HashMap<>(some);
    all.putAll(more);
    return Map.copyOf(all);
  }
}
