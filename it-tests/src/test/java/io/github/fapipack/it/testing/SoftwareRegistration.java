package io.github.fapipack.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.directory.Software;
import io.github.fapipack.it.directory.Vouching;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.ClientCertificate;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Makes a test realm part of an ecosystem, and registers software of its directory. */
public final class SoftwareRegistration {
  private static final String JSON = "application/json";

  private final TestRealm realm;
  private final URI endpoint;
  private final Supplier<URI> nodeOrNull;

  private SoftwareRegistration(TestRealm realm, Supplier<URI> nodeOrNull) {
    this.realm = realm;
    this.nodeOrNull = nodeOrNull;
    this.endpoint = URI.create(realm.issuer() + "/clients-registrations/software-statement");
  }

  /** With the ecosystem profile of whoever vouches for software. */
  public static SoftwareRegistration in(TestRealm realm, Vouching vouching) {
    return in(realm, vouching, UnaryOperator.identity());
  }

  /** The same with changes of the profile. */
  public static SoftwareRegistration in(
      TestRealm realm, Vouching vouching, UnaryOperator<ObjectNode> changes) {
    SoftwareRegistration registration = new SoftwareRegistration(realm, null);
    ObjectNode profile = changes.apply(vouching.profile());
    scopes(profile).forEach(registration::createScope);
    registration.use(profile);
    return registration;
  }

  /** The same, with requests to one node of a cluster only. */
  public SoftwareRegistration at(Supplier<URI> node) {
    return new SoftwareRegistration(realm, node);
  }

  /** Gives the realm this profile, and uses it. */
  public void use(ObjectNode profile) {
    ObjectNode settings = realm.admin().realm(realm.name());
    settings
        .withObject("/attributes")
        .put("fapi.ecosystem", profile.path("id").asText())
        .put("fapi.ecosystem." + profile.path("id").asText(), Json.text(profile));
    realm.admin().updateRealm(realm.name(), settings);
  }

  private static Set<String> scopes(ObjectNode profile) {
    Set<String> scopes = new LinkedHashSet<>();
    profile
        .path("roles")
        .forEach(role -> role.path("scopes").forEach(scope -> scopes.add(scope.asText())));
    scopes.remove("openid");
    return scopes;
  }

  private void createScope(String name) {
    String path = "/" + realm.name() + "/client-scopes";
    for (JsonNode scope : realm.admin().get(path)) {
      if (scope.path("name").asText().equals(name)) {
        return;
      }
    }
    ObjectNode scope = Json.object().put("name", name).put("protocol", "openid-connect");
    scope.putObject("attributes").put("include.in.token.scope", "true");
    realm.admin().send("POST", path, scope);
  }

  /** Registers a software as it is, with a certificate of its own. */
  public HttpExchange register(Software software) {
    return register(software.registration(), software.certificate());
  }

  /** Registers with JSON; without mutual TLS if there is no certificate. */
  public HttpExchange register(JsonNode body, ClientCertificate certificateOrNull) {
    return send("POST", endpoint, null, JSON, Json.text(body), certificateOrNull);
  }

  /** Registers with any body. */
  public HttpExchange register(String type, String body, ClientCertificate certificateOrNull) {
    return send("POST", endpoint, null, type, body, certificateOrNull);
  }

  /** Reads, replaces or deletes a registered client with its registration access token. */
  public HttpExchange manage(
      String method,
      HttpExchange registered,
      JsonNode bodyOrNull,
      ClientCertificate certificateOrNull) {
    return send(
        method,
        URI.create(registered.json().path("registration_client_uri").asText()),
        registered.json().path("registration_access_token").asText(),
        JSON,
        bodyOrNull == null ? "" : Json.text(bodyOrNull),
        certificateOrNull);
  }

  /** Sends anything. */
  public HttpExchange send(
      String method,
      URI address,
      String tokenOrNull,
      String type,
      String body,
      ClientCertificate certificateOrNull) {
    NamedValues headers = new NamedValues();
    headers.add("Accept", JSON);
    if (!body.isEmpty()) {
      headers.add("Content-Type", type);
    }
    if (tokenOrNull != null) {
      headers.add("Authorization", "Bearer " + tokenOrNull);
    }
    return new HttpTransport(
            realm.server().pki().sslContext(certificateOrNull),
            certificateOrNull != null,
            nodeOrNull)
        .send(method, address, headers, body);
  }

  /** The address of the registration. */
  public URI endpoint() {
    return endpoint;
  }
}
