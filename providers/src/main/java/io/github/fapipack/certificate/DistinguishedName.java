package io.github.fapipack.certificate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;

/**
 * The name of a certificate's subject or issuer. Two are equal if they have the same attributes in
 * the same order of RDNs, in any order within one RDN (RFC 5280 7.1, RFC 4517 4.2.15).
 *
 * @param rdns in the order of the certificate; the attributes of each are sorted
 */
public record DistinguishedName(List<List<Attribute>> rdns) {

  /** One type, as OID, with its value in the form for comparison. */
  record Attribute(String type, String value) {}

  private static final Comparator<Attribute> ORDER =
      Comparator.comparing(Attribute::type).thenComparing(Attribute::value);

  private static final int MOST_NAMED = 5;

  public DistinguishedName {
    rdns = rdns.stream().map(rdn -> rdn.stream().sorted(ORDER).toList()).toList();
  }

  /**
   * Parses a registered name.
   *
   * @throws IllegalArgumentException if it is not a name; the text says why
   */
  public static DistinguishedName parse(String rfc4514) {
    List<List<Attribute>> rdns = NameReader.read(rfc4514);
    Collections.reverse(rdns); // RFC 4514 2.1: the last one is written first
    return new DistinguishedName(rdns);
  }

  /** Reads a name from a certificate. */
  public static DistinguishedName of(X500Principal name) {
    List<List<Attribute>> rdns = new ArrayList<>();
    for (Der rdn : Der.of(name.getEncoded()).in(Der.SEQUENCE)) {
      rdns.add(rdn.in(Der.SET).stream().map(DistinguishedName::attribute).toList());
    }
    return new DistinguishedName(rdns);
  }

  /**
   * A name for people, written as RFC 4514 does, with the names of attributes that are not in that
   * specification in place of their OIDs.
   */
  public static String readable(X500Principal name) {
    return name.getName(X500Principal.RFC2253, AttributeTypes.names());
  }

  private static Attribute attribute(Der encoded) {
    List<Der> pair = encoded.in(Der.SEQUENCE);
    if (pair.size() != 2) {
      throw new IllegalArgumentException("not a type and a value");
    }
    return new Attribute(pair.get(0).oid(), NameValue.ofDer(pair.get(1)));
  }

  public boolean isEmpty() {
    return rdns.isEmpty();
  }

  /** Whether one of its attributes has that type and that value, in the form for comparison. */
  boolean has(String type, String value) {
    return attributes().contains(new Attribute(type, value));
  }

  /** Whether one of its attributes has that type. */
  boolean has(String type) {
    return attributes().stream().anyMatch(attribute -> attribute.type().equals(type));
  }

  /**
   * How the name of a certificate differs from this registered one: names the types of attributes,
   * never their values.
   */
  public String differenceTo(DistinguishedName shown) {
    List<Attribute> missing = without(attributes(), shown.attributes());
    List<Attribute> added = without(shown.attributes(), attributes());
    if (missing.isEmpty() && added.isEmpty()) {
      List<List<Attribute>> reversed = new ArrayList<>(rdns);
      Collections.reverse(reversed);
      return reversed.equals(shown.rdns)
          ? "it has the same parts in reverse; RFC 4514 writes the last one of the certificate"
              + " first"
          : "it has the same parts in another order";
    }
    Set<String> other = types(missing);
    other.retainAll(types(added));
    Set<String> lacks = types(missing);
    lacks.removeAll(other);
    Set<String> more = types(added);
    more.removeAll(other);
    List<String> parts = new ArrayList<>();
    say(parts, "has another ", other);
    say(parts, "has no ", lacks);
    say(parts, "also has ", more);
    return "it " + String.join(", ", parts);
  }

  private List<Attribute> attributes() {
    return rdns.stream().flatMap(List::stream).toList();
  }

  private static List<Attribute> without(List<Attribute> all, List<Attribute> others) {
    List<Attribute> rest = new ArrayList<>(all);
    others.forEach(rest::remove);
    return rest;
  }

  private static Set<String> types(List<Attribute> attributes) {
    return attributes.stream()
        .map(Attribute::type)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static void say(List<String> parts, String verb, Set<String> types) {
    if (!types.isEmpty()) {
      parts.add(
          verb
              + types.stream()
                  .limit(MOST_NAMED)
                  .map(AttributeTypes::name)
                  .collect(Collectors.joining(" and ")));
    }
  }
}
