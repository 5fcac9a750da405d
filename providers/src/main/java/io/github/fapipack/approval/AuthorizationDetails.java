package io.github.fapipack.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.StrictJson;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameter {@code authorization_details} (RFC 9396 2): a JSON array of objects, each with a
 * {@code type}. Numbers keep their exact digits, because they may be amounts of money.
 */
public final class AuthorizationDetails {

  /** The parameter, the claim and the member of responses. */
  public static final String PARAMETER = "authorization_details";

  private AuthorizationDetails() {}

  /**
   * Parses an array of objects; the content of the objects is not checked.
   *
   * @throws IllegalArgumentException if it is anything else, with a sentence for the client that
   *     repeats nothing of the input
   */
  public static List<ObjectNode> parse(String json) {
    JsonNode read;
    try {
      read = StrictJson.value(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          PARAMETER + " must be valid JSON without duplicate members");
    }
    return of(read);
  }

  /**
   * The objects of an array.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static List<ObjectNode> of(JsonNode array) {
    if (array == null || !array.isArray()) {
      throw new IllegalArgumentException(PARAMETER + " must be a JSON array of objects");
    }
    List<ObjectNode> details = new ArrayList<>();
    for (JsonNode element : array) {
      if (!(element instanceof ObjectNode detail)) {
        throw new IllegalArgumentException(PARAMETER + " must be a JSON array of objects");
      }
      details.add(detail);
    }
    return List.copyOf(details);
  }

  /** As JSON. */
  public static String toJson(List<ObjectNode> details) {
    return details.toString();
  }

  /** The type of an object that was validated before. */
  public static String type(ObjectNode detail) {
    return detail.path("type").asText();
  }
}
