package io.github.fapipack.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.jose.StrictJson;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * Checks that the parameters of an authorization request have the types, and some of them the
 * values, that the specifications define. Keycloak accepts a number, a list or {@code null} as
 * text, and ignores values that it cannot parse.
 */
public final class RequestParameters {

  /**
   * Strings in a request object (RFC 9101 4: "as JSON strings"); rules check all other parameters.
   */
  private static final List<String> TEXTS =
      List.of(
          "acr_values",
          "claims_locales",
          "client_id",
          "code_challenge",
          "code_challenge_method",
          "display",
          "dpop_jkt",
          "id_token_hint",
          "iss",
          "jti",
          "kc_action",
          "kc_idp_hint",
          "login_hint",
          "nonce",
          "prompt",
          "redirect_uri",
          "request",
          "request_uri",
          "response_mode",
          "response_type",
          "scope",
          "state",
          "ui_locales");

  private static final List<String> TIMES = List.of("exp", "iat", "nbf");

  private static final String RESOURCE = "resource";

  /** OpenID Connect Core 3.1.2.1, and Initiating User Registration 4. */
  private static final Set<String> PROMPTS =
      new TreeSet<>(Set.of("none", "login", "consent", "select_account", "create"));

  private RequestParameters() {}

  /** The first fault of a request object, or empty: one sentence that repeats no value. */
  public static Optional<String> fault(JsonNode claims) {
    return TEXTS.stream()
        .filter(name -> claims.has(name) && !claims.get(name).isTextual())
        .findFirst()
        .map(name -> name + " must be a string")
        .or(
            () ->
                fault(
                    TIMES.stream()
                        .allMatch(
                            name ->
                                !claims.has(name) || NumericDate.of(claims.get(name)).isPresent()),
                    "each of exp, iat and nbf " + NumericDate.WANTED))
        .or(() -> resource(claims.path(RESOURCE)))
        .or(() -> values(claims));
  }

  /** The first fault of the parameters of a form, which are all text. */
  public static Optional<String> fault(MultivaluedMap<String, String> form) {
    return values(
        JsonNodeFactory.instance
            .objectNode()
            .setAll(
                Map.of(
                    OIDCLoginProtocol.PROMPT_PARAM, text(form, OIDCLoginProtocol.PROMPT_PARAM),
                    OIDCLoginProtocol.MAX_AGE_PARAM, text(form, OIDCLoginProtocol.MAX_AGE_PARAM),
                    OIDCLoginProtocol.CLAIMS_PARAM, text(form, OIDCLoginProtocol.CLAIMS_PARAM))));
  }

  private static JsonNode text(MultivaluedMap<String, String> form, String name) {
    return TextNode.valueOf(form.getOrDefault(name, List.of("")).get(0));
  }

  /** In a request object, several resources are an array (RFC 8707 2). */
  private static Optional<String> resource(JsonNode resource) {
    boolean fits =
        resource.isMissingNode()
            || resource.isTextual()
            || (resource.isArray() && resource.size() > 0 && all(resource, JsonNode::isTextual));
    return fault(fits, "resource must be a string, or an array of strings");
  }

  /** A parameter without a value counts as not sent (RFC 6749 3.1). */
  private static Optional<String> values(JsonNode parameters) {
    JsonNode prompt = parameters.path(OIDCLoginProtocol.PROMPT_PARAM);
    JsonNode maxAge = parameters.path(OIDCLoginProtocol.MAX_AGE_PARAM);
    JsonNode claims = parameters.path(OIDCLoginProtocol.CLAIMS_PARAM);
    return Optional.<String>empty()
        .or(() -> isNone(prompt) ? Optional.empty() : prompt(prompt.textValue()))
        .or(
            () ->
                fault(
                    isNone(maxAge) || isSeconds(maxAge),
                    "max_age must be a whole number of seconds from 0 to " + Integer.MAX_VALUE))
        .or(() -> isNone(claims) ? Optional.empty() : claims(claims));
  }

  private static boolean isNone(JsonNode value) {
    return value.isMissingNode() || (value.isTextual() && value.textValue().isEmpty());
  }

  private static Optional<String> prompt(String prompt) {
    List<String> asked = List.of(prompt.trim().split(" +"));
    if (!PROMPTS.containsAll(asked)) {
      return Optional.of("prompt has an unknown value; send some of " + String.join(" ", PROMPTS));
    }
    return fault(
        !asked.contains("none") || asked.stream().distinct().count() == 1,
        "prompt none must stand alone");
  }

  /** As a number or as text with digits: some clients copy their parameters from a form. */
  private static boolean isSeconds(JsonNode value) {
    if (value.isTextual()) {
      return value.textValue().matches("0*[0-9]{1,10}")
          && Long.parseLong(value.textValue().replaceFirst("^0+(?=.)", "")) <= Integer.MAX_VALUE;
    }
    return value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= 0;
  }

  /** OpenID Connect Core 5.5; unknown members are not checked. */
  private static Optional<String> claims(JsonNode sent) {
    JsonNode claims = sent;
    if (sent.isTextual()) {
      try {
        claims = StrictJson.value(sent.textValue());
      } catch (JsonProcessingException e) {
        return Optional.of("claims must be one JSON object without duplicate members");
      }
    }
    if (!claims.isObject()) {
      return Optional.of("claims must be a JSON object");
    }
    for (String target : List.of("userinfo", "id_token")) {
      JsonNode asked = claims.path(target);
      if (!asked.isMissingNode()
          && !(asked.isObject() && all(asked, RequestParameters::isClaimRequest))) {
        return Optional.of(
            "claims is malformed: userinfo and id_token must be objects, with null or an object for"
                + " each claim, in which essential is a boolean and values an array");
      }
      if (!all(asked.path("acr").path("values"), RequestParameters::isLine)
          || (asked.path("acr").has("value") && !isLine(asked.path("acr").path("value")))) {
        return Optional.of("claims is malformed: the values of acr must be strings of one line");
      }
    }
    return Optional.empty();
  }

  private static boolean isLine(JsonNode value) {
    return value.isTextual() && value.textValue().chars().noneMatch(Character::isISOControl);
  }

  private static boolean isClaimRequest(JsonNode asked) {
    return asked.isNull()
        || (asked.isObject()
            && (!asked.has("essential") || asked.get("essential").isBoolean())
            && (!asked.has("values") || asked.get("values").isArray()));
  }

  private static boolean all(JsonNode container, Predicate<JsonNode> test) {
    for (JsonNode element : container) {
      if (!test.test(element)) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> fault(boolean fits, String sentence) {
    return fits ? Optional.empty() : Optional.of(sentence);
  }
}
