package io.github.fapipack.it.httpsig;

import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.greenbytes.http.sfv.BooleanItem;
import org.greenbytes.http.sfv.InnerList;
import org.greenbytes.http.sfv.Item;

/**
 * The text over which an HTTP message signature is computed (RFC 9421 2.5), with the features that
 * FAPI's clients need; written from the specification and independent of the server's code.
 *
 * @param status of the response, or 0 for a request
 * @param headers of the message itself
 * @param asked the headers of the request that a response answers
 */
record HttpSignatureBase(
    String method, URI uri, int status, NamedValues headers, NamedValues asked) {

  static HttpSignatureBase of(String method, URI uri, NamedValues headers) {
    return new HttpSignatureBase(method, uri, 0, headers, new NamedValues());
  }

  static HttpSignatureBase of(HttpExchange exchange) {
    return new HttpSignatureBase(
        exchange.method(),
        exchange.uri(),
        exchange.status(),
        exchange.headers(),
        exchange.sentHeaders());
  }

  String over(InnerList input) {
    StringBuilder base = new StringBuilder();
    for (Item<?> component : input.get()) {
      base.append(component.serialize()).append(": ").append(value(component)).append('\n');
    }
    return base.append("\"@signature-params\": ").append(input.serialize()).toString();
  }

  private String value(Item<?> component) {
    boolean ofRequest = isOfRequest(component);
    String name = component.get().toString();
    return switch (name) {
      case "@method" -> method;
      case "@target-uri" -> uri.toString();
      case "@status" -> String.valueOf(status);
      default -> field(ofRequest ? asked : headers, name);
    };
  }

  private static String field(NamedValues fields, String name) {
    List<String> lines = fields.all(name);
    if (lines.isEmpty()) {
      throw new AssertionError("the signature covers " + name + ", which is not there");
    }
    return lines.stream().map(String::strip).collect(Collectors.joining(", "));
  }

  private static boolean isOfRequest(Item<?> component) {
    return component.getParams().get("req") instanceof BooleanItem flag && flag.get();
  }
}
