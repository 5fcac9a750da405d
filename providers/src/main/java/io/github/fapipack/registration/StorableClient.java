package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.rule.Refusal;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Set;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.ErrorResponseException;

/**
 * Checks whether the columns of Keycloak's database can hold a client. Longer values would cause a
 * server error, for every sender and even if the realm does not enforce rules; so this is not a
 * refusal of a rule.
 */
final class StorableClient {

  private static final int LONGEST = 255;
  private static final int LONGEST_ID = 36;
  private static final int LONGEST_CLIENT = 250_000;
  private static final int MOST_ELEMENTS = 100;

  /** Members with texts of any length. */
  private static final Set<String> LONG =
      Set.of("attributes", "config", "authorizationSettings", "registrationAccessToken");

  private StorableClient() {}

  /**
   * @throws ErrorResponseException {@code invalid_client_metadata} with the member's name
   */
  static void check(ClientRepresentation client) {
    ObjectNode members = Baseline.json(client);
    String id = members.path("id").asText("");
    if (id.length() > LONGEST_ID) {
      throw failure("id", LONGEST_ID);
    }
    members.properties().forEach(member -> check(member.getKey(), member.getValue(), LONGEST));
  }

  /**
   * Limits the size of a client that an unauthenticated sender registers.
   *
   * @throws Refusal {@code invalid_client_metadata} with the member's name
   */
  static void checkSize(ClientRepresentation client) throws Refusal {
    ObjectNode members = Baseline.json(client);
    if (members.toString().length() > LONGEST_CLIENT) {
      throw ProposedClient.refusal(
          "the client has more than " + LONGEST_CLIENT + " characters; register less");
    }
    for (Map.Entry<String, JsonNode> member : members.properties()) {
      if (member.getValue().size() > MOST_ELEMENTS) {
        throw ProposedClient.refusal(
            member.getKey() + " has more than " + MOST_ELEMENTS + " elements; register fewer");
      }
    }
  }

  private static void check(String member, JsonNode value, int longest) {
    int limit = LONG.contains(member) ? Integer.MAX_VALUE : longest;
    if (value.isTextual()) {
      checkText(member, value.textValue(), limit);
    } else if (value.isArray()) {
      value.forEach(element -> check(member, element, limit));
    }
    for (Map.Entry<String, JsonNode> inner : value.properties()) {
      checkText(member, inner.getKey(), LONGEST);
      int within = LONG.contains(inner.getKey()) ? Integer.MAX_VALUE : limit;
      boolean isMapperId = member.equals("protocolMappers") && inner.getKey().equals("id");
      check(member, inner.getValue(), isMapperId ? LONGEST_ID : within);
    }
  }

  private static void checkText(String member, String text, int longest) {
    boolean encodable =
        text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    if (text.length() > longest || !encodable) {
      throw failure(member, Math.min(longest, LONGEST));
    }
  }

  private static ErrorResponseException failure(String member, int longest) {
    return new ErrorResponseException(
        "invalid_client_metadata",
        (member.length() > 80 ? member.substring(0, 80) : member)
            + " must not be longer than "
            + longest
            + " characters, or contain U+0000 or half a surrogate pair",
        Status.BAD_REQUEST);
  }
}
