package io.github.fapipack.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.keycloak.models.ClientModel;
import org.keycloak.util.JsonSerialization;

/**
 * A {@code claims} parameter, reduced to what Keycloak understands (OpenID Connect Core 5.5:
 * members that are not understood are ignored). Keycloak ignores the whole parameter if it contains
 * anything else, and ignores all values of an essential acr if it does not know one of them.
 */
public final class ReadClaims {

  private static final List<String> TARGETS = List.of("userinfo", "id_token");

  private ReadClaims() {}

  /** The parameter as text; a malformed one is returned as it is and refused later. */
  public static String of(String claims, ClientModel client) {
    try {
      return JsonSerialization.mapper.readTree(claims) instanceof ObjectNode sent
          ? of(sent, client).toString()
          : claims;
    } catch (JsonProcessingException e) {
      return claims;
    }
  }

  /** The parameter as a member of a request object. */
  public static JsonNode of(ObjectNode sent, ClientModel client) {
    ObjectNode known = JsonSerialization.mapper.createObjectNode();
    for (String target : TARGETS) {
      JsonNode asked = sent.path(target);
      if (!asked.isMissingNode()) {
        known.set(target, asked instanceof ObjectNode claims ? requests(claims) : asked);
      }
    }
    List<String> essential = EssentialAcr.demanded(known);
    if (essential.size() > 1 && client != null) {
      reachable(known, essential, client);
    }
    return known;
  }

  private static ObjectNode requests(ObjectNode claims) {
    ObjectNode known = JsonSerialization.mapper.createObjectNode();
    claims
        .properties()
        .forEach(
            claim ->
                known.set(
                    claim.getKey(),
                    claim.getValue() instanceof ObjectNode asked
                        ? asked.deepCopy().retain("essential", "value", "values")
                        : claim.getValue()));
    return known;
  }

  /**
   * Any of the values fulfils the request (OpenID Connect Core 5.5.1.1), so the unknown ones can be
   * removed.
   */
  private static void reachable(ObjectNode claims, List<String> essential, ClientModel client) {
    List<String> reachable =
        essential.stream().filter(acr -> EssentialAcr.isReachable(client, acr)).toList();
    if (!reachable.isEmpty()) {
      ObjectNode acr = (ObjectNode) claims.path("id_token").path("acr");
      acr.remove("value");
      ArrayNode values = acr.putArray("values");
      reachable.forEach(values::add);
    }
  }
}
