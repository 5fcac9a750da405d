package io.github.fapipack.it.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.fapipack.it.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;

/**
 * Sends requests to the admin REST API with a token of the master realm that is renewed in time.
 */
final class AdminTransport {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final HttpClient http;
  private final URI baseUrl;
  private final String username;
  private final String password;

  private String token = "";
  private Instant tokenEnd = Instant.EPOCH;

  AdminTransport(URI baseUrl, SSLContext tls, String username, String password) {
    this.http =
        HttpClient.newBuilder().sslContext(tls).connectTimeout(Duration.ofSeconds(10)).build();
    this.baseUrl = baseUrl;
    this.username = username;
    this.password = password;
  }

  /** The same server, with the tokens of another user. */
  AdminTransport as(String otherName, String otherPassword) {
    return new AdminTransport(baseUrl, http.sslContext(), otherName, otherPassword);
  }

  AdminResponse send(String method, String path, JsonNode bodyOrNull) {
    return send(method, path, bodyOrNull, "*/*");
  }

  AdminResponse send(String method, String path, JsonNode bodyOrNull, String accept) {
    return send(method, path, bodyOrNull, accept, null);
  }

  AdminResponse send(
      String method, String path, JsonNode bodyOrNull, String accept, String language) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/admin" + path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token())
            .header("Content-Type", "application/json")
            .header("Accept", accept)
            .method(
                method,
                bodyOrNull == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(bodyOrNull.toString()));
    if (language != null) {
      request.header("Accept-Language", language);
    }
    HttpResponse<String> response = exchange(request.build());
    return new AdminResponse(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Location").orElse(""));
  }

  private synchronized String token() {
    if (Instant.now().isBefore(tokenEnd)) {
      return token;
    }
    String form =
        "grant_type=password&client_id=admin-cli&username="
            + URLEncoder.encode(username, StandardCharsets.UTF_8)
            + "&password="
            + URLEncoder.encode(password, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/realms/master/protocol/openid-connect/token"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    HttpResponse<String> response = exchange(request);
    if (response.statusCode() != 200) {
      throw new AdminFailure("No administrator's token: " + response.body());
    }
    JsonNode answer = Json.parse(response.body());
    token = answer.path("access_token").asText();
    tokenEnd = Instant.now().plusSeconds(answer.path("expires_in").asLong()).minus(MARGIN);
    return token;
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AdminFailure(request.method() + " " + request.uri() + " failed: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AdminFailure("Interrupted in " + request.uri(), e);
    }
  }
}
