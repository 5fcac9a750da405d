package io.github.fapipack.it.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;

/**
 * An answer of the admin REST API.
 *
 * @param status of HTTP
 * @param body as it came, possibly empty
 * @param location header of a created resource, or an empty string
 */
public record AdminResponse(int status, String body, String location) {

  /** The body as JSON; a missing node if it is empty. */
  public JsonNode json() {
    return Json.parse(body);
  }
}
