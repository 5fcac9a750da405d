package io.github.fapipack.httpsig;

import io.github.fapipack.httpsig.HttpSignatureException.Reason;
import io.github.fapipack.httpsig.structured.BareItem;
import io.github.fapipack.httpsig.structured.BareItem.BooleanItem;
import io.github.fapipack.httpsig.structured.BareItem.StringItem;
import io.github.fapipack.httpsig.structured.Item;
import io.github.fapipack.httpsig.structured.Parameters;
import java.util.Set;

/**
 * A component identifier (RFC 9421 2): the name of a header field or a derived component, with
 * parameters; the order of parameters has no meaning.
 */
public final class Component {
  static final String OF_REQUEST = "req";
  static final String STRICT = "sf";
  static final String MEMBER = "key";
  static final String AS_BYTES = "bs";
  static final String OF_TRAILER = "tr";
  static final String QUERY_NAME = "name";

  /** Parameters that change how a whole field is serialized, not which part of it is covered. */
  private static final Set<String> FORMS = Set.of(STRICT, AS_BYTES);

  private final String name;
  private final Parameters parameters;
  private final String identifier;

  private Component(StringItem name, Parameters parameters) {
    this.name = name.value();
    this.parameters = parameters;
    this.identifier = new Item(name, parameters).serialize();
  }

  /** A derived component such as {@code @method}, or a header field by its lower-case name. */
  public static Component of(String name) {
    return new Component(new StringItem(name), Parameters.NONE);
  }

  /** One member of a header field that is a dictionary (RFC 9421 2.1.2). */
  public static Component member(String field, String key) {
    return of(field).with(MEMBER, new StringItem(key));
  }

  /** One query parameter by its encoded name (RFC 9421 2.2.8). */
  public static Component queryParameter(String encodedName) {
    return of(DerivedComponents.QUERY_PARAM).with(QUERY_NAME, new StringItem(encodedName));
  }

  /** The same component of the request, in the signature of a response (RFC 9421 2.4). */
  public Component ofRequest() {
    return with(OF_REQUEST, BooleanItem.TRUE);
  }

  /** The same field, serialized strictly as a structured field (RFC 9421 2.1.1). */
  public Component strict() {
    return with(STRICT, BooleanItem.TRUE);
  }

  /** The same field, each of its lines as a byte sequence (RFC 9421 2.1.3). */
  public Component asBytes() {
    return with(AS_BYTES, BooleanItem.TRUE);
  }

  /** Parses an identifier of a Signature-Input (RFC 9421 2.3). */
  static Component from(Item item) throws HttpSignatureException {
    if (item.value() instanceof StringItem name) {
      return new Component(name, item.parameters());
    }
    throw new HttpSignatureException(
        Reason.MALFORMED, "a covered component must be a string in quotes");
  }

  /** The identifier as in Signature-Input and the signature base. */
  public String identifier() {
    return identifier;
  }

  public String name() {
    return name;
  }

  public Parameters parameters() {
    return parameters;
  }

  boolean derived() {
    return name.startsWith("@");
  }

  boolean has(String parameter) {
    return parameters.get(parameter).isPresent();
  }

  /**
   * Whether it covers everything that the other one does: it is equal, or the same field in another
   * serialization.
   */
  boolean covers(Component wanted) {
    if (!name.equals(wanted.name)) {
      return false;
    }
    Parameters plain = Parameters.NONE;
    for (var parameter : parameters.values().entrySet()) {
      if (!FORMS.contains(parameter.getKey()) || wanted.has(parameter.getKey())) {
        plain = plain.with(parameter.getKey(), parameter.getValue());
      }
    }
    return plain.equals(wanted.parameters);
  }

  private Component with(String parameter, BareItem value) {
    return new Component(new StringItem(name), parameters.with(parameter, value));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Component component
        && name.equals(component.name)
        && parameters.equals(component.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + parameters.hashCode();
  }

  @Override
  public String toString() {
    return identifier;
  }
}
