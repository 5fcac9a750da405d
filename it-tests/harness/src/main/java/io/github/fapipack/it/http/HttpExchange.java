package io.github.fapipack.it.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.github.fapipack.it.jose.JwtText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One HTTP request with the answer it got.
 *
 * @param sentHeaders the headers that this client set itself
 * @param sentBody the request's body, empty if it had none
 * @param certificate whether the connection offered a client certificate
 */
public record HttpExchange(
    String method,
    URI uri,
    NamedValues sentHeaders,
    String sentBody,
    boolean certificate,
    int status,
    NamedValues headers,
    String body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** The first value of a response header, or null. */
  public String header(String name) {
    return headers.get(name).orElse(null);
  }

  /** The response as JSON; an empty node if it is not JSON. */
  public JsonNode json() {
    return parsed(body);
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /** The OAuth error code, from the body or from WWW-Authenticate; null if there is none. */
  public String error() {
    return fromBodyOrChallenge("error");
  }

  /** The sentence that comes with the error code; null if there is none. */
  public String errorDescription() {
    return fromBodyOrChallenge("error_description");
  }

  /** One parameter of the WWW-Authenticate challenges. */
  public Optional<String> challenge(String parameter) {
    Pattern pattern = Pattern.compile("\\b" + parameter + "=\"((?:[^\"\\\\]|\\\\.)*)\"");
    return headers.all("WWW-Authenticate").stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1).replaceAll("\\\\(.)", "$1"))
        .findFirst();
  }

  /** The form that was sent; empty if the body was something else. */
  public NamedValues sentForm() {
    boolean form =
        sentHeaders.get("Content-Type").orElse("").startsWith("application/x-www-form-urlencoded");
    return NamedValues.parse(form ? sentBody : "");
  }

  /** The JSON that was sent; an empty node if the body was something else. */
  public JsonNode sentJson() {
    boolean json = sentHeaders.get("Content-Type").orElse("").startsWith("application/json");
    return json ? parsed(sentBody) : MissingNode.getInstance();
  }

  /** Fails unless the answer has this status. */
  public HttpExchange expectStatus(int expected) {
    if (status != expected) {
      throw new AssertionError("expected status " + expected + " but got:\n" + this);
    }
    return this;
  }

  /** Fails unless the answer is an OAuth error of this code with a client-error status. */
  public HttpExchange expectError(String code) {
    if (status < 400 || status >= 500 || !code.equals(error())) {
      throw new AssertionError("expected the error " + code + " but got:\n" + this);
    }
    return this;
  }

  /** Fails unless the answer is an OAuth error of this status and code. */
  public HttpExchange expectError(int expectedStatus, String code) {
    expectStatus(expectedStatus);
    if (!code.equals(error())) {
      throw new AssertionError("expected the error " + code + " but got:\n" + this);
    }
    return this;
  }

  /** The answer in the form that the Connect2id SDK parses. */
  public HTTPResponse toSdk() {
    HTTPResponse response = new HTTPResponse(status);
    Map<String, String[]> values = new LinkedHashMap<>();
    headers
        .entries()
        .forEach(
            entry ->
                values.computeIfAbsent(
                    entry.getKey(), name -> headers.all(name).toArray(String[]::new)));
    try {
      for (Map.Entry<String, String[]> entry : values.entrySet()) {
        if (entry.getKey().equalsIgnoreCase("Content-Type")) {
          response.setContentType(entry.getValue()[0]);
        } else {
          response.setHeader(entry.getKey(), entry.getValue());
        }
      }
    } catch (ParseException e) {
      throw new AssertionError("unreadable Content-Type in:\n" + this, e);
    }
    response.setBody(body);
    return response;
  }

  /** For reading failed tests: with decoded JWTs, and other long values shortened. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(method + " " + uri + "\n");
    for (String name : List.of("Authorization", "DPoP")) {
      sentHeaders.all(name).forEach(value -> text.append(line(name, value)));
    }
    sentForm().entries().forEach(field -> text.append(line(field.getKey(), field.getValue())));
    text.append("-> ").append(status).append("\n");
    headers.entries().forEach(header -> text.append(line(header.getKey(), header.getValue())));
    return text.append(body).toString();
  }

  private static String line(String name, String value) {
    return "   " + name + ": " + JwtText.decoded(value).replace("\n", " ") + "\n";
  }

  private String fromBodyOrChallenge(String name) {
    String inBody = json().path(name).asText(null);
    return inBody != null ? inBody : challenge(name).orElse(null);
  }
}
