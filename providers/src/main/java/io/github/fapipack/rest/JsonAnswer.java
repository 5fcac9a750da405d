package io.github.fapipack.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.language.Language;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.utils.KeycloakSessionUtil;

/** Answers in JSON that nobody keeps, in the language that the request asks for. */
final class JsonAnswer {

  private JsonAnswer() {}

  static Response ok(JsonNode body) {
    return of(Status.OK, body);
  }

  static Response of(Status status, JsonNode body) {
    Language language =
        Language.of(KeycloakSessionUtil.getKeycloakSession().getContext().getRequestHeaders());
    return Response.status(status)
        .entity(language.translate(body).toString())
        .type(MediaType.APPLICATION_JSON)
        .header(HttpHeaders.CONTENT_LANGUAGE, language.tag())
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
