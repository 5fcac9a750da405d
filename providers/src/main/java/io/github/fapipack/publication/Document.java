package io.github.fapipack.publication;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.jose.StrictJson;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * A public JSON document with its strong entity tag (RFC 9110 8.8.3): the same content has the same
 * tag on every node.
 */
final class Document {

  /** How long others may keep a document, in seconds. */
  private static final int KEPT = 60;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] content;
  private final EntityTag tag;

  private Document(byte[] content) {
    this.content = content;
    this.tag = new EntityTag(hash(content));
  }

  static Document of(JsonNode json) {
    try {
      return new Document(JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON that the pack has stored itself. */
  static JsonNode json(String text) {
    try {
      return StrictJson.value(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored document cannot be read", e);
    }
  }

  private static String hash(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 18));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The document, or 304 if the caller has it already (RFC 9110 13.1.2). */
  Response response(KeycloakSession session) {
    Response.ResponseBuilder response =
        isKnown(session.getContext().getRequestHeaders())
            ? Response.notModified()
            : Response.ok(content, MediaType.APPLICATION_JSON_TYPE);
    return response
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + KEPT)
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private boolean isKnown(HttpHeaders headers) {
    return headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH).stream()
        .flatMap(line -> Stream.of(line.split(",")))
        .map(each -> each.strip().replaceFirst("^W/", ""))
        .anyMatch(each -> each.equals("*") || each.equals('"' + tag.getValue() + '"'));
  }
}
