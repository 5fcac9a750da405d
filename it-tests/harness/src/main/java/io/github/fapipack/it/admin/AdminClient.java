package io.github.fapipack.it.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/**
 * The parts of Keycloak's admin REST API that the harness and the tests need.
 *
 * <p>Every method but {@link #send} throws an {@link AdminFailure} that names the request and shows
 * the answer if Keycloak refuses.
 */
public final class AdminClient {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final AdminTransport transport;
  private final String username;
  private final String password;

  private AdminClient(AdminTransport transport, String username, String password) {
    this.transport = transport;
    this.username = username;
    this.password = password;
  }

  /** A client for an administrator who will be created, with a random password. */
  public static AdminClient withRandomPassword(URI baseUrl, SSLContext tls) {
    String username = "admin";
    String password = randomPassword();
    return new AdminClient(
        new AdminTransport(baseUrl, tls, username, password), username, password);
  }

  /** The same administrator at another address. */
  public AdminClient at(URI otherBaseUrl, SSLContext tls) {
    return new AdminClient(
        new AdminTransport(otherBaseUrl, tls, username, password), username, password);
  }

  /** A random password. */
  public static String randomPassword() {
    byte[] bytes = new byte[15];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The administrator's name in the master realm. */
  public String username() {
    return username;
  }

  /** The administrator's password. */
  public String password() {
    return password;
  }

  /** Creates a realm from its JSON, as the admin console's import does. */
  public void importRealm(JsonNode realm) {
    expectSuccess("POST", "", realm);
  }

  /** Deletes a realm and everything in it. */
  public void deleteRealm(String realm) {
    expectSuccess("DELETE", "/" + realm, null);
  }

  /** The realm's settings. */
  public ObjectNode realm(String realm) {
    return (ObjectNode) get("/" + realm);
  }

  /** Changes the settings in the given JSON, and no others. */
  public void updateRealm(String realm, JsonNode settings) {
    expectSuccess("PUT", "/" + realm, settings);
  }

  /** Creates a client and returns Keycloak's internal id of it. */
  public String createClient(String realm, JsonNode client) {
    return idOf(expectSuccess("POST", "/" + realm + "/clients", client));
  }

  /** The client with the given client_id; fails if there is none. */
  public ObjectNode client(String realm, String clientId) {
    JsonNode found = get("/" + realm + "/clients?clientId=" + encode(clientId));
    if (found.isEmpty()) {
      throw new AdminFailure("There is no client " + clientId + " in the realm " + realm);
    }
    return (ObjectNode) found.get(0);
  }

  /** Replaces a client, found by the internal id in its JSON. */
  public void updateClient(String realm, JsonNode client) {
    expectSuccess("PUT", "/" + realm + "/clients/" + client.path("id").asText(), client);
  }

  /** Deletes the client with the given client_id. */
  public void deleteClient(String realm, String clientId) {
    String id = client(realm, clientId).path("id").asText();
    expectSuccess("DELETE", "/" + realm + "/clients/" + id, null);
  }

  /** Imports parts of a realm; Keycloak does not apply client policies to these. */
  public JsonNode partialImport(String realm, JsonNode parts) {
    return expectSuccess("POST", "/" + realm + "/partialImport", parts).json();
  }

  /** Creates an enabled user and returns the internal id. */
  public String createUser(String realm, JsonNode user) {
    return idOf(expectSuccess("POST", "/" + realm + "/users", user));
  }

  /** The realm's own client profiles. */
  public ObjectNode clientProfiles(String realm) {
    return (ObjectNode) get("/" + realm + "/client-policies/profiles");
  }

  /** Replaces the realm's own client profiles. */
  public void updateClientProfiles(String realm, JsonNode profiles) {
    expectSuccess("PUT", "/" + realm + "/client-policies/profiles", profiles);
  }

  /** The realm's client policies. */
  public ObjectNode clientPolicies(String realm) {
    return (ObjectNode) get("/" + realm + "/client-policies/policies");
  }

  /** Replaces the realm's client policies. */
  public void updateClientPolicies(String realm, JsonNode policies) {
    expectSuccess("PUT", "/" + realm + "/client-policies/policies", policies);
  }

  /** The realm's events of the given type, newest first. */
  public ArrayNode events(String realm, String type) {
    return (ArrayNode) get("/" + realm + "/events?type=" + encode(type));
  }

  /** Reads any path below {@code /admin/realms}. */
  public JsonNode get(String path) {
    return expectSuccess("GET", path, null).json();
  }

  /** What the server knows about its providers, from the endpoint that the admin console uses. */
  public JsonNode serverInfo() {
    return transport.send("GET", "/serverinfo", null).json();
  }

  /** Sends any request to a path below {@code /admin/realms} and returns the response. */
  public AdminResponse send(String method, String path, JsonNode bodyOrNull) {
    return transport.send(method, "/realms" + path, bodyOrNull);
  }

  /** Reads any path below {@code /admin/realms} in a given format. */
  public AdminResponse get(String path, String accept) {
    return transport.send("GET", "/realms" + path, null, accept);
  }

  /**
   * Reads any path below {@code /admin/realms} in a given format and language.
   *
   * @param language null for a request without Accept-Language
   */
  public AdminResponse get(String path, String accept, String language) {
    return transport.send("GET", "/realms" + path, null, accept, language);
  }

  /** A client for the same server with another administrator of the master realm. */
  public AdminClient as(String otherName, String otherPassword) {
    return new AdminClient(transport.as(otherName, otherPassword), otherName, otherPassword);
  }

  private AdminResponse expectSuccess(String method, String path, JsonNode bodyOrNull) {
    AdminResponse response = send(method, path, bodyOrNull);
    if (response.status() >= 300) {
      throw new AdminFailure(
          method + " /admin/realms" + path + " -> " + response.status() + " " + response.body());
    }
    return response;
  }

  private static String idOf(AdminResponse created) {
    return created.location().substring(created.location().lastIndexOf('/') + 1);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
