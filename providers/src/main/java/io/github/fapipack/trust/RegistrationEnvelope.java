package io.github.fapipack.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.keys.SignedJwt;
import io.github.fapipack.rule.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A registration request as it was sent: JSON with a software statement, or a signed JWT that
 * contains both.
 *
 * @param statement the statement; null if there is none
 * @param members the other members that are client metadata
 * @param request the signed request; null if it is JSON
 */
public record RegistrationEnvelope(String statement, ObjectNode members, SignedJwt request) {

  private static final String STATEMENT = "software_statement";

  /** In characters. */
  private static final int LONGEST = 250_000;

  private static final List<String> CLAIMS =
      List.of("iss", "sub", "aud", "iat", "exp", "nbf", "jti");

  /**
   * Reads JSON.
   *
   * @throws Refusal {@code invalid_client_metadata} if it is not an object
   */
  public static RegistrationEnvelope json(String body) throws Refusal {
    checkLength(body);
    Optional<ObjectNode> members = StrictJson.object(body.getBytes(StandardCharsets.UTF_8));
    if (members.isEmpty()) {
      throw new Refusal(
          "invalid_client_metadata",
          "the body is not a JSON object without duplicate members",
          "send the client metadata as JSON");
    }
    return of(members.get(), null);
  }

  /**
   * Reads a signed JWT, whose signature is not verified here.
   *
   * @throws Refusal {@code invalid_client_metadata} if it is not one
   */
  public static RegistrationEnvelope signed(String body) throws Refusal {
    checkLength(body);
    Optional<SignedJwt> request = SignedJwt.parse(body.strip());
    if (request.isEmpty()) {
      throw new Refusal(
          "invalid_client_metadata",
          "the body is not a signed JWT",
          "sign the client metadata with a key of the software");
    }
    return of(request.get().claims().deepCopy(), request.get());
  }

  private static void checkLength(String body) throws Refusal {
    if (body == null || body.length() > LONGEST) {
      throw new Refusal(
          "invalid_client_metadata",
          body == null
              ? "the request has no body"
              : "the body has more than " + LONGEST + " characters",
          "send the client metadata");
    }
  }

  private static RegistrationEnvelope of(ObjectNode members, SignedJwt request) {
    JsonNode statement = members.remove(STATEMENT);
    if (request != null) {
      members.remove(CLAIMS);
    }
    String text = statement == null || statement.isNull() ? null : statement.asText();
    return new RegistrationEnvelope(text, members, request);
  }
}
