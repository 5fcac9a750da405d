package io.github.fapipack.registration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.FapiRequest;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.testing.ClientOrigin;
import io.github.fapipack.it.testing.TestClient;
import io.github.fapipack.it.testing.TestRealm;
import java.net.URI;
import java.util.UUID;

/** All registration endpoints of a test realm, for everybody who may use them. */
final class AnyRegistration {
  private static final String POLICY =
      "org.keycloak.services.clientregistration.policy.ClientRegistrationPolicy";

  /** Who registers. */
  enum By {
    NOBODY,
    INITIAL_TOKEN,
    CREATE_CLIENT,
    MANAGE_CLIENTS
  }

  private final TestRealm realm;
  private final FapiClient creator;
  private final FapiClient manager;

  private AnyRegistration(TestRealm realm) {
    this.realm = realm;
    this.creator = withRole("create-client");
    this.manager = withRole("manage-clients");
    trustThisHost();
  }

  static AnyRegistration in(TestRealm realm) {
    return new AnyRegistration(realm);
  }

  /** A client in Keycloak's own format that can follow the profile. */
  static ObjectNode client() {
    ObjectNode client =
        Json.object().put("name", "Some client").put("clientAuthenticatorType", "client-jwt");
    client.putArray("redirectUris").add("https://localhost/callback");
    client
        .putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", ClientKeys.create().publicJwks());
    return client;
  }

  HttpExchange register(By by, String provider, JsonNode body) {
    return register(by, provider, Json.text(body));
  }

  HttpExchange register(By by, String provider, String body) {
    return send(by, "POST", address(provider), body);
  }

  /** Registers a client by RFC 7591, as its own first step. */
  Own own(ObjectNode metadata) {
    return new Own(register(By.INITIAL_TOKEN, "openid-connect", metadata).expectStatus(201));
  }

  /** Registers a client in Keycloak's own format. */
  Own ownByDefault(ObjectNode client) {
    return new Own(register(By.INITIAL_TOKEN, "default", client).expectStatus(201));
  }

  HttpExchange send(By by, String method, URI address, String body) {
    return switch (by) {
      case NOBODY -> send(method, address, null, body);
      case INITIAL_TOKEN -> send(method, address, initialAccessToken(), body);
      case CREATE_CLIENT -> bearer(creator, method, address, body);
      case MANAGE_CLIENTS -> bearer(manager, method, address, body);
    };
  }

  URI address(String provider) {
    return URI.create(realm.issuer() + "/clients-registrations/" + provider);
  }

  /** A client with its registration access token. */
  final class Own {
    private final String clientId;
    private String token;

    private Own(HttpExchange registered) {
      JsonNode client = registered.json();
      this.clientId = client.path(client.has("client_id") ? "client_id" : "clientId").asText();
      remember(registered);
    }

    String clientId() {
      return clientId;
    }

    HttpExchange read(String provider) {
      return manage("GET", provider, null);
    }

    HttpExchange update(String provider, JsonNode body) {
      return manage("PUT", provider, Json.text(body));
    }

    HttpExchange delete(String provider) {
      return manage("DELETE", provider, null);
    }

    /** The client as an administrator sees it. */
    ObjectNode stored() {
      return realm.admin().client(realm.name(), clientId);
    }

    /** As the administrator makes it. */
    void alter(java.util.function.Consumer<ObjectNode> edit) {
      ObjectNode client = stored();
      edit.accept(client);
      realm.admin().updateClient(realm.name(), client);
    }

    private HttpExchange manage(String method, String provider, String body) {
      HttpExchange answer = send(method, address(provider + "/" + clientId), token, body);
      if (answer.status() == 200) {
        remember(answer);
      }
      return answer;
    }

    private void remember(HttpExchange answer) {
      JsonNode json = answer.json();
      String next =
          json.path(json.has("client_id") ? "registration_access_token" : "registrationAccessToken")
              .asText();
      token = next.isEmpty() ? token : next;
    }
  }

  private HttpExchange send(String method, URI address, String token, String body) {
    FapiRequest<HttpExchange> request = creator.get(address, answer -> answer).method(method);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return body == null ? request.send() : request.body(type(address), body).send();
  }

  private static HttpExchange bearer(FapiClient by, String method, URI address, String body) {
    FapiRequest<HttpExchange> request =
        by.resource(address, by.clientCredentials().expect()).method(method);
    return body == null ? request.send() : request.body(type(address), body).send();
  }

  private static String type(URI address) {
    return address.getPath().contains("saml2") ? "application/xml" : "application/json";
  }

  private String initialAccessToken() {
    return admin(
            "POST", "/clients-initial-access", Json.object().put("count", 1).put("expiration", 60))
        .path("token")
        .asText();
  }

  /** A client with a role for clients in its tokens. */
  private FapiClient withRole(String role) {
    FapiClient client =
        TestClient.in(realm)
            .made(ClientOrigin.AFTER_POLICY)
            .auth(ClientAuth.TLS_CLIENT_AUTH)
            .constraint(SenderConstraint.MTLS)
            .altering(
                made ->
                    made.withArray("/protocolMappers")
                        .addObject()
                        .put("name", "client roles")
                        .put("protocol", "openid-connect")
                        .put("protocolMapper", "oidc-usermodel-client-role-mapper")
                        .putObject("config")
                        .put("claim.name", "resource_access.${client_id}.roles")
                        .put("multivalued", "true")
                        .put("jsonType.label", "String")
                        .put("access.token.claim", "true"))
            .register();
    String id = realm.admin().client(realm.name(), client.clientId()).path("id").asText();
    String management = realm.admin().client(realm.name(), "realm-management").path("id").asText();
    ArrayNode roles = Json.object().putArray("roles");
    roles.add(admin("GET", "/clients/" + management + "/roles/" + role, null));
    String user =
        admin("GET", "/clients/" + id + "/service-account-user", null).path("id").asText();
    admin("POST", "/users/" + user + "/role-mappings/clients/" + management, roles);
    admin("POST", "/clients/" + id + "/scope-mappings/clients/" + management, roles);
    return client;
  }

  /** By default nobody can register without a token. */
  private void trustThisHost() {
    for (JsonNode policy : admin("GET", "/components?type=" + POLICY, null)) {
      if (policy.path("providerId").asText().equals("trusted-hosts")) {
        ObjectNode trusting = policy.deepCopy();
        trusting.withObject("/config").putArray("trusted-hosts").add("127.0.0.1").add("localhost");
        admin("PUT", "/components/" + policy.path("id").asText(), trusting);
      }
    }
  }

  JsonNode admin(String method, String path, JsonNode body) {
    String text = realm.admin().send(method, "/" + realm.name() + path, body).body();
    return text == null || text.isBlank() ? Json.object() : Json.parse(text);
  }

  static String uniqueId() {
    return "own-" + UUID.randomUUID();
  }
}
