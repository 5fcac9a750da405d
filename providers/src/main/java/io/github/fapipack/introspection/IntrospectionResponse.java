package io.github.fapipack.introspection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.client.SigningMetadata;
import io.github.fapipack.rule.Clause;
import io.github.fapipack.signing.SigningSupport;
import io.github.fapipack.token.SigningAlgorithms;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.keycloak.common.util.Time;
import org.keycloak.crypto.SignatureProvider;
import org.keycloak.jose.jws.JWSBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.util.JsonSerialization;

/**
 * The response about a token according to RFC 9701: signed by the realm, with the caller as
 * audience, and encrypted if the caller has registered an encryption.
 */
@Clause({
  "RFC9701 4-1",
  "RFC9701 5-1",
  "RFC9701 5-2",
  "RFC9701 5-3",
  "RFC9701 5-4",
  "RFC9701 5-5",
  "RFC9701 5-6"
})
final class IntrospectionResponse {

  private static final String TYPE = "token-introspection+jwt";

  private final KeycloakSession session;
  private final ClientModel caller;

  private IntrospectionResponse(KeycloakSession session) {
    this.session = session;
    this.caller = session.getContext().getClient();
  }

  /** Keycloak's JSON response, or the signed one if that is requested or required. */
  static Response of(KeycloakSession session, Response json) {
    if (json.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode()) {
      return json;
    }
    return RequireSignedIntrospectionResponse.isOnlyAnswer(session)
            || IntrospectionAccept.of(session).preferred()
        ? new IntrospectionResponse(session).answer(content(json.getEntity()))
        : Response.fromResponse(json).header(HttpHeaders.VARY, HttpHeaders.ACCEPT).build();
  }

  /** Keycloak's response is bytes; other content that is not JSON is treated as empty. */
  private static JsonNode content(Object entity) {
    try {
      JsonNode content =
          entity instanceof byte[] bytes
              ? JsonSerialization.mapper.readTree(bytes)
              : entity instanceof String text
                  ? JsonSerialization.mapper.readTree(text)
                  : JsonSerialization.mapper.valueToTree(entity);
      if (content != null && content.isObject()) {
        return content;
      }
    } catch (IOException | IllegalArgumentException e) {
      // the same
    }
    return JsonSerialization.createObjectNode().put("active", false);
  }

  private Response answer(JsonNode content) {
    String signed = signed(content);
    return Response.ok(IntrospectionEncryption.of(session, caller, signed))
        .type(IntrospectionAccept.MEDIA_TYPE)
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private String signed(JsonNode content) {
    ObjectNode claims = JsonSerialization.createObjectNode();
    claims.put(
        "iss",
        Urls.realmIssuer(
            session.getContext().getUri().getBaseUri(), session.getContext().getRealm().getName()));
    claims.put("aud", caller.getClientId());
    claims.put("iat", Time.currentTimeSeconds());
    claims.set("token_introspection", content);
    return new JWSBuilder()
        .type(TYPE)
        .jsonContent(claims)
        .sign(session.getProvider(SignatureProvider.class, algorithm()).signer());
  }

  /**
   * The caller's choice if FAPI allows it, otherwise the realm's default, otherwise an algorithm of
   * the realm's keys.
   */
  private String algorithm() {
    return SigningMetadata.of(caller, SigningMetadata.SIGNED_ALG)
        .filter(SigningSupport.signing(session)::contains)
        .orElseGet(() -> SigningAlgorithms.preferred(session, session.getContext().getRealm()));
  }
}
