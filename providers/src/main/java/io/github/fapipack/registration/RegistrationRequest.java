package io.github.fapipack.registration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.ProposedClient;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.jose.StrictJson;
import io.github.fapipack.rule.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.Constants;
import org.keycloak.representations.oidc.OIDCClientRepresentation;
import org.keycloak.util.JsonSerialization;

/**
 * The client metadata of a registration or an update.
 *
 * @param known what Keycloak itself understands
 * @param additional what the pack adds, as it is stored in client attributes; null for what is not
 *     or no longer registered
 */
record RegistrationRequest(OIDCClientRepresentation known, Map<String, String> additional) {

  /** Members that nobody understands are ignored, as RFC 7591 2 demands. */
  private static final ObjectReader KNOWN =
      JsonSerialization.mapper
          .readerFor(OIDCClientRepresentation.class)
          .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** The width of the columns in Keycloak's tables; longer values would cause a server error. */
  private static final int MAX_CHARACTERS = 255;

  private static final List<String> LIMITED = List.of("client_name", "client_uri", "redirect_uris");

  /** Characters of a whole registration: enough for a key set; other metadata are short. */
  private static final int LONGEST_BODY = 250_000;

  /** Elements of one member; for example, each redirect URI is a row of Keycloak's database. */
  private static final int MOST_ELEMENTS = 100;

  /**
   * @param limited whether size is limited: only where the pack's rules apply
   */
  static RegistrationRequest parse(String body, boolean limited) throws Refusal {
    if (limited && body.length() > LONGEST_BODY) {
      throw ProposedClient.refusal(
          "the metadata have more than " + LONGEST_BODY + " characters; register less");
    }
    ObjectNode members = object(body);
    if (limited) {
      checkSizes(members);
    }
    checkLengths(members);
    Map<String, String> additional = new HashMap<>();
    for (String name : SigningMetadata.STRINGS) {
      additional.put(name, string(members.get(name), name));
    }
    for (String name : SigningMetadata.ARRAYS) {
      additional.put(name, array(members.get(name), name));
    }
    SentKeySet.take(members).ifPresent(keySet -> additional.put(SentKeySet.STORED, keySet));
    OIDCClientRepresentation known = known(members);
    RegisteredCertificate.put(members, known, additional);
    return new RegistrationRequest(known, additional);
  }

  private static ObjectNode object(String body) throws Refusal {
    try {
      if (StrictJson.value(body) instanceof ObjectNode members) {
        return members;
      }
    } catch (JsonProcessingException e) {
      throw ProposedClient.refusal("the body is not JSON, or has a duplicate member");
    }
    throw ProposedClient.refusal("the body is not a JSON object");
  }

  private static void checkSizes(ObjectNode members) throws Refusal {
    for (JsonNode member : members) {
      if (member.isArray() && member.size() > MOST_ELEMENTS) {
        throw ProposedClient.refusal(
            "a list of the metadata has more than " + MOST_ELEMENTS + " elements; register fewer");
      }
    }
  }

  private static void checkLengths(ObjectNode members) throws Refusal {
    for (String name : LIMITED) {
      // The text of the member itself, or of each of its elements.
      List<JsonNode> values = new ArrayList<>(List.of(members.path(name)));
      members.path(name).forEach(values::add);
      for (JsonNode value : values) {
        String text = value.asText("");
        if (text.length() > MAX_CHARACTERS || text.indexOf('\0') >= 0) {
          throw ProposedClient.refusal(
              name
                  + " must not be longer than "
                  + MAX_CHARACTERS
                  + " characters, or contain U+0000");
        }
      }
    }
  }

  private static OIDCClientRepresentation known(ObjectNode members) throws Refusal {
    try {
      return KNOWN.readValue(members);
    } catch (JsonMappingException e) {
      String name = e.getPath().isEmpty() ? null : e.getPath().get(0).getFieldName();
      throw ProposedClient.refusal((name == null ? "a member" : name) + " has a wrong type");
    } catch (IOException e) {
      throw ProposedClient.refusal("the metadata cannot be read");
    }
  }

  static String string(JsonNode value, String name) throws Refusal {
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw ProposedClient.refusal(name + " must be a string that is not empty");
    }
    return value.textValue();
  }

  private static String array(JsonNode values, String name) throws Refusal {
    if (values == null || values.isNull()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode value : values) {
      if (value.isTextual() && !value.textValue().contains(Constants.CFG_DELIMITER)) {
        texts.add(value.textValue());
      }
    }
    if (!values.isArray() || texts.isEmpty() || texts.size() != values.size()) {
      throw ProposedClient.refusal(name + " must be an array of strings that is not empty");
    }
    return SigningMetadata.stored(texts.stream().distinct().toList());
  }
}
