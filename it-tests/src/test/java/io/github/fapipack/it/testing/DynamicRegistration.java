package io.github.fapipack.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiClientBuilder;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import java.net.URI;

/** Registers clients of a test realm over its registration endpoint (RFC 7591 and RFC 7592). */
public final class DynamicRegistration {
  private static final String REDIRECT_URI = "https://client.example/callback";

  private final TestRealm realm;
  private final FapiClient anyone;
  private final URI endpoint;

  private DynamicRegistration(TestRealm realm) {
    this.realm = realm;
    this.anyone = TestClient.in(realm).register();
    this.endpoint = URI.create(realm.issuer() + "/clients-registrations/openid-connect");
  }

  /** The registration endpoint of that realm. */
  public static DynamicRegistration in(TestRealm realm) {
    return new DynamicRegistration(realm);
  }

  /** Metadata of a client that can follow the profile. */
  public static ObjectNode metadata(ClientKeys keys) {
    ObjectNode metadata =
        Json.object()
            .put("client_name", "Dynamic client")
            .put("token_endpoint_auth_method", "private_key_jwt");
    metadata.putArray("redirect_uris").add(REDIRECT_URI);
    metadata.putArray("grant_types").add("authorization_code").add("refresh_token");
    metadata.putArray("response_types").add("code");
    metadata.set("jwks", Json.parse(keys.publicJwks()));
    return metadata;
  }

  /** Registers with a fresh initial access token. */
  public HttpExchange register(JsonNode metadata) {
    return register(Json.text(metadata));
  }

  /** Registers with any text for a body. */
  public HttpExchange register(String body) {
    return registerAt(endpoint, initialAccessToken(), body);
  }

  /** Registers without a token. */
  public HttpExchange registerAnonymously(JsonNode metadata) {
    return registerAt(endpoint, null, Json.text(metadata));
  }

  /** Registers with another of Keycloak's registration providers. */
  public HttpExchange registerWith(String provider, JsonNode client) {
    return registerAt(endpoint.resolve(provider), initialAccessToken(), Json.text(client));
  }

  /** Reads a registration with the token of the last answer. */
  public HttpExchange read(HttpExchange last) {
    return read(last, last.json().path("registration_access_token").asText());
  }

  /** Reads a registration with any token. */
  public HttpExchange read(HttpExchange last, String token) {
    return manage("GET", last, token, null);
  }

  /** Replaces a registration with the token of the last answer. */
  public HttpExchange update(HttpExchange last, JsonNode metadata) {
    String token = last.json().path("registration_access_token").asText();
    return manage("PUT", last, token, Json.text(metadata));
  }

  /** The client that has been registered. */
  public FapiClientBuilder client(HttpExchange registered, ClientKeys keys) {
    return anyone
        .but()
        .clientId(registered.json().path("client_id").asText())
        .redirectUri(REDIRECT_URI)
        .privateKeyJwt(keys)
        .auth(ClientAuth.PRIVATE_KEY_JWT);
  }

  private HttpExchange manage(String method, HttpExchange last, String token, String body) {
    URI address = URI.create(last.json().path("registration_client_uri").asText());
    FapiRequest<HttpExchange> request =
        anyone
            .get(address, answer -> answer)
            .method(method)
            .header("Authorization", "Bearer " + token);
    return body == null ? request.send() : request.body("application/json", body).send();
  }

  private HttpExchange registerAt(URI address, String token, String body) {
    FapiRequest<HttpExchange> request =
        anyone.get(address, answer -> answer).method("POST").body("application/json", body);
    return token == null
        ? request.send()
        : request.header("Authorization", "Bearer " + token).send();
  }

  private String initialAccessToken() {
    return realm
        .admin()
        .send(
            "POST",
            "/" + realm.name() + "/clients-initial-access",
            Json.object().put("count", 1).put("expiration", 60))
        .json()
        .path("token")
        .asText();
  }
}
