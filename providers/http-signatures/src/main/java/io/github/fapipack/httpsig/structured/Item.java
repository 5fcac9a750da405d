package io.github.fapipack.httpsig.structured;

/** An item with its parameters (RFC 8941 3.3). */
public record Item(BareItem value, Parameters parameters) implements Member {

  @Override
  public String serialize() {
    String text = value.serialize();
    return parameters.isEmpty() ? text : text + parameters.serialize();
  }
}
