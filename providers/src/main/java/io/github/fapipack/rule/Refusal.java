package io.github.fapipack.rule;

import jakarta.ws.rs.core.Response.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.clientpolicy.ClientPolicyException;

/**
 * Says that a request breaks a rule: the registered OAuth error code and one lowercase sentence
 * that says what is wrong and what to send instead. {@link #attribute} adds the rule and its
 * clause. It never contains tokens, keys or personal data.
 */
public final class Refusal extends ClientPolicyException {

  private static final long serialVersionUID = 1L;
  private static final RequestKey<Refusal> KEPT = new RequestKey<>();
  private static final String SEPARATOR = "; ";

  private final transient Map<String, String> headers = new LinkedHashMap<>();

  /** The field of the client's data that is at fault; empty for the client as a whole. */
  private String pointer = "";

  private final String wrong;
  private final String remedy;

  /** A refusal with HTTP 400. */
  public Refusal(String error, String sentence) {
    this(error, sentence, Status.BAD_REQUEST);
  }

  /**
   * A refusal with another HTTP status.
   *
   * @param sentence what is wrong; the text after its last semicolon is the remedy. If the sentence
   *     contains a value that a client sent, use a constructor with a separate remedy
   */
  public Refusal(String error, String sentence, Status status) {
    this(error, wrongIn(sentence), remedyIn(sentence), status);
  }

  /** A refusal with HTTP 400 that says what is wrong and what to do. */
  public Refusal(String error, String wrong, String remedy) {
    this(error, wrong, remedy, Status.BAD_REQUEST);
  }

  /**
   * A refusal that says what is wrong and what to do.
   *
   * @param remedy null if the client can do nothing
   */
  public Refusal(String error, String wrong, String remedy, Status status) {
    super(error, printable(remedy == null ? wrong : wrong + SEPARATOR + remedy), status);
    this.wrong = printable(wrong);
    this.remedy = remedy == null ? null : printable(remedy);
  }

  /** The part of a sentence of the pack that says what is wrong. */
  public static String wrongIn(String sentence) {
    int cut = sentence.lastIndexOf(SEPARATOR);
    return cut < 0 ? sentence : sentence.substring(0, cut);
  }

  /** The part of a sentence of the pack that says what to do; null if there is none. */
  public static String remedyIn(String sentence) {
    int cut = sentence.lastIndexOf(SEPARATOR);
    return cut < 0 ? null : sentence.substring(cut + SEPARATOR.length());
  }

  /** Failed client authentication: {@code invalid_client} with HTTP 401 (RFC 6749 5.2). */
  public static Refusal invalidClient(String sentence) {
    return new Refusal("invalid_client", sentence, Status.UNAUTHORIZED);
  }

  /** Failed client authentication, with what to do. */
  public static Refusal invalidClient(String wrong, String remedy) {
    return new Refusal("invalid_client", wrong, remedy, Status.UNAUTHORIZED);
  }

  /** A request that lacks, repeats or misuses a parameter: {@code invalid_request}. */
  public static Refusal invalidRequest(String sentence) {
    return new Refusal("invalid_request", sentence);
  }

  /** A request that lacks, repeats or misuses a parameter, with what to do. */
  public static Refusal invalidRequest(String wrong, String remedy) {
    return new Refusal("invalid_request", wrong, remedy);
  }

  /** What is wrong. */
  public String wrong() {
    return wrong;
  }

  /** What to do, or null. */
  public String remedy() {
    return remedy;
  }

  /** Adds a header to the error response. */
  public Refusal header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** The headers that the error response must have. */
  public Map<String, String> headers() {
    return Map.copyOf(headers);
  }

  /** Sets the field of the client's data that is at fault, as a JSON Pointer. */
  public Refusal at(String field) {
    pointer = field;
    return this;
  }

  /** The field of the client's data that is at fault, as a JSON Pointer; empty for all of it. */
  public String pointer() {
    return pointer;
  }

  /** The refusal of the current request, if a rule has refused it. */
  public static Optional<Refusal> of(KeycloakSession session) {
    return KEPT.in(session);
  }

  /**
   * Adds rule and clause to the text, and keeps the refusal for the code that writes the response.
   */
  Refusal attribute(KeycloakSession session, Rule<?> rule, Specification specification) {
    setErrorDetail(
        getErrorDetail() + " (" + rule.getId() + ", " + rule.clause(specification) + ")");
    KEPT.set(session, this);
    return this;
  }

  /** RFC 6749 5.2 allows printable ASCII except quotation mark and backslash. */
  private static String printable(String text) {
    return text.replace('"', '\'').replace('\\', '/').replaceAll("[^\\x20-\\x7e]", "?");
  }
}
