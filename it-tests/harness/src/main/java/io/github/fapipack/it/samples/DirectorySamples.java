package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pem;
import io.github.fapipack.it.server.KeycloakServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Prepares the realm of a scheme's directory: an authority whose certificates the server accepts,
 * people, and a bank that trusts the directory.
 */
public final class DirectorySamples {
  /** The file with the issuing certificate, followed by the root. */
  public static final String ISSUERS = "issuing-ca.pem";

  private static final String KEYS = "org.keycloak.keys.KeyProvider";

  private final KeycloakServer server;
  private final String realm;

  /** Samples of a realm that is a directory. */
  public DirectorySamples(KeycloakServer server, String realm) {
    this.server = server;
    this.realm = realm;
  }

  /** The realm's operator. */
  public SchemeOperator operator() {
    return new SchemeOperator(server.admin(), realm);
  }

  /**
   * Has the directory issue certificates with a new key, which the server's authority for clients
   * has certified, so that the server's listener accepts them. Writes key and certificates.
   */
  public void certify(Path folder) {
    CertificateAuthority root = server.pki().clientCa();
    CertificateAuthority issuing = root.subordinate("CN=Sandbox issuing CA,O=" + realm);
    String chain = issuing.certificatePem() + root.certificatePem();
    String key = Pem.text(issuing.keys().getPrivate());
    OwnerOnly.write(folder.resolve(ISSUERS), chain);
    OwnerOnly.write(folder.resolve("issuing-ca-key.pem"), key);
    ObjectNode component =
        Json.object()
            .put("name", "Authority that the listener knows")
            .put("providerId", "fapi-issuing-key")
            .put("providerType", KEYS);
    ObjectNode config = component.putObject("config");
    // The generated key of the realm file has 100.
    config.putArray("priority").add("200");
    config.putArray("keystoreType").add("PEM");
    config.putArray("privateKey").add(key);
    config.putArray("certificateChain").add(chain);
    send("POST", "/components", component);
  }

  /** Creates somebody who operates the scheme. */
  public void addOperator(String username, String password) {
    String id = addUser(username, "Olivia", "Operator", password);
    JsonNode role = server.admin().get("/" + realm + "/roles/scheme-operator");
    send("POST", "/users/" + id + "/role-mappings/realm", Json.object().arrayNode().add(role));
  }

  /** Creates somebody who is an administrator of an organisation. */
  public void addMember(String username, String password, String organisation) {
    String id = addUser(username, "Max", "Member", password);
    String path = "/organizations/" + organisation;
    send("POST", path + "/members", TextNode.valueOf(id));
    for (JsonNode group : server.admin().get("/" + realm + path + "/groups")) {
      if (group.path("name").asText().equals("administrators")) {
        String members = path + "/groups/" + group.path("id").asText() + "/members/";
        send("PUT", members + id, null);
      }
    }
  }

  private String addUser(String username, String first, String last, String password) {
    ObjectNode user = SampleUser.json(username, password);
    user.remove("attributes");
    return server.admin().createUser(realm, user.put("firstName", first).put("lastName", last));
  }

  /**
   * Makes a realm with rules of the pack a bank that trusts the directory.
   *
   * @param every seconds between two looks at the list of participants
   */
  public void addBank(String bank, int every) {
    ObjectNode profile = profile();
    profile.withObject("/directory").withObject("/status").put("every", every);
    scopes(profile).forEach(scope -> addScope(bank, scope));
    String id = profile.path("id").asText();
    ObjectNode settings = server.admin().realm(bank);
    settings
        .withObject("/attributes")
        .put("fapi.ecosystem", id)
        .put("fapi.ecosystem." + id, Json.text(profile));
    server.admin().updateRealm(bank, settings);
  }

  private ObjectNode profile() {
    URI address = URI.create(server.issuer(realm) + "/directory/ecosystem-profile");
    HttpTransport http = new HttpTransport(server.pki().sslContext(null), false);
    return (ObjectNode)
        Json.parse(http.send("GET", address, new NamedValues(), "").expectStatus(200).body());
  }

  private static Set<String> scopes(JsonNode profile) {
    Set<String> scopes = new LinkedHashSet<>();
    for (JsonNode role : profile.path("roles")) {
      role.path("scopes").forEach(scope -> scopes.add(scope.asText()));
    }
    List.of("openid", "profile", "email").forEach(scopes::remove);
    return scopes;
  }

  private void addScope(String bank, String name) {
    ObjectNode scope = Json.object().put("name", name).put("protocol", "openid-connect");
    scope
        .putObject("attributes")
        .put("include.in.token.scope", "true")
        .put("display.on.consent.screen", "true");
    AdminResponse answer = server.admin().send("POST", "/" + bank + "/client-scopes", scope);
    if (answer.status() >= 300 && answer.status() != 409) {
      throw new AdminFailure("The client scope " + name + ": " + answer.body());
    }
  }

  private void send(String method, String path, JsonNode bodyOrNull) {
    AdminResponse answer = server.admin().send(method, "/" + realm + path, bodyOrNull);
    if (answer.status() >= 300) {
      throw new AdminFailure(method + " " + path + " -> " + answer.status() + " " + answer.body());
    }
  }
}
