package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.JWK;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.server.JarServer;
import io.github.fapipack.it.server.KeycloakServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The sample bank in front of the realms of a server: accounts and payments, for the tokens of
 * these realms.
 */
public final class SampleApi implements AutoCloseable {
  /** The scope of requests about accounts. */
  public static final String ACCOUNTS = "accounts";

  /** The client with which the API asks a realm about tokens. */
  static final String CLIENT_ID = "sample-bank-api";

  private static final String JAR =
      "providers/resource-server/samples/bank/target/fapi-sample-bank.jar";
  private static final String SIGNS_RESOURCES = "fapi2-require-signed-resource-request";

  private final KeycloakServer server;
  private final Path folder;
  private final int port;
  private final ObjectNode configuration;
  private JarServer process;

  /**
   * The bank, not started yet.
   *
   * @param folder for its files
   * @param pki the files of the server, whose certificates the bank has too
   */
  public SampleApi(KeycloakServer server, Path folder, PkiFiles pki, int port) {
    this.server = server;
    this.folder = OwnerOnly.folder(folder);
    this.port = port;
    this.configuration = Json.object().put("host", server.pki().host()).put("port", port);
    configuration
        .putObject("tls")
        .put("certificate", pki.server().toAbsolutePath().toString())
        .put("key", pki.serverKey().toAbsolutePath().toString())
        .put("clientAuthority", pki.clientCa().toAbsolutePath().toString())
        .put("issuerAuthority", pki.serverCa().toAbsolutePath().toString());
    SampleUser.ACCOUNTS.forEach(configuration.putArray("accounts")::add);
    configuration.putArray("realms");
  }

  /** Where it will listen. */
  public URI address() {
    return URI.create("https://" + server.pki().host() + ":" + port);
  }

  /** The API of a realm, which is also the audience of its tokens. */
  public URI address(String realm) {
    return URI.create(address() + "/" + realm);
  }

  /** Puts the API in front of a realm that has the usual scope for accounts. */
  public void serve(JsonNode export) {
    serve(export, ACCOUNTS);
  }

  /**
   * Puts the API in front of a realm.
   *
   * @param export the realm as it was imported
   * @param scope of requests about accounts; with a colon at the end, what follows names a consent
   */
  public void serve(JsonNode export, String scope) {
    String realm = export.path("realm").asText();
    addScope(realm);
    // The first key is the one that the API uses.
    boolean onlyPs256 = export.path("defaultSignatureAlgorithm").asText().equals("PS256");
    JWK key = onlyPs256 ? ClientKeys.ps256() : ClientKeys.es256();
    ClientKeys keys = ClientKeys.of(key);
    Path file = folder.resolve(realm + ".jwks.json");
    keys.writeTo(file);
    server.admin().createClient(realm, registration(keys));
    ObjectNode settings =
        ((ArrayNode) configuration.path("realms"))
            .addObject()
            .put("name", realm)
            .put("issuer", server.issuer(realm).toString())
            .put("accountsScope", scope);
    settings
        .putObject("introspection")
        .put("clientId", CLIENT_ID)
        .put("jwks", file.getFileName().toString())
        .put("onlySigned", has(export, "fapi2-require-signed-introspection-response"));
    if (has(export, SIGNS_RESOURCES)) {
      settings
          .putObject("signatures")
          .put("jwks", file.getFileName().toString())
          .putObject("clients");
    }
  }

  private static boolean has(JsonNode export, String rule) {
    return export.findValuesAsText("executor").contains(rule);
  }

  /** Realms of ecosystems have it already. */
  private void addScope(String realm) {
    if (scopeId(realm).isPresent()) {
      return;
    }
    ObjectNode scope =
        Json.object()
            .put("name", ACCOUNTS)
            .put("description", "The user's accounts at the sample bank")
            .put("protocol", "openid-connect");
    scope
        .putObject("attributes")
        .put("include.in.token.scope", "true")
        .put("display.on.consent.screen", "true")
        .put("consent.screen.text", "See your accounts and balances");
    server.admin().send("POST", "/" + realm + "/client-scopes", scope);
  }

  private Optional<String> scopeId(String realm) {
    for (JsonNode known : server.admin().get("/" + realm + "/client-scopes")) {
      if (known.path("name").asText().equals(ACCOUNTS)) {
        return Optional.of(known.path("id").asText());
      }
    }
    return Optional.empty();
  }

  private static ObjectNode registration(ClientKeys keys) {
    ObjectNode client =
        Json.object()
            .put("clientId", CLIENT_ID)
            .put("name", "Sample bank (its API)")
            .put("protocol", "openid-connect")
            .put("publicClient", false)
            .put("clientAuthenticatorType", "client-jwt")
            .put("standardFlowEnabled", false)
            .put("serviceAccountsEnabled", true)
            .put("directAccessGrantsEnabled", false)
            .put("consentRequired", true)
            .put("fullScopeAllowed", false)
            .put("frontchannelLogout", false);
    client
        .putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", keys.publicJwks());
    return client;
  }

  /**
   * Lets a client get tokens for the API: in the form of RFC 9068, with the API in their audience.
   * Keycloak answers introspection only to clients in the audience, so the API's own is there too.
   */
  public void admit(String realm, ObjectNode client) {
    client.withObject("/attributes").put("access.token.header.type.rfc9068", "true");
    audience(client, "api", "included.custom.audience", address(realm).toString());
    audience(client, "introspection by the api", "included.client.audience", CLIENT_ID);
  }

  private static void audience(ObjectNode client, String name, String member, String value) {
    client
        .withArray("/protocolMappers")
        .addObject()
        .put("name", name)
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-audience-mapper")
        .putObject("config")
        .put(member, value)
        .put("access.token.claim", "true")
        .put("introspection.token.claim", "true");
  }

  /** Lets a client that is registered ask for accounts. */
  public void allowAccounts(String realm, String clientId) {
    ObjectNode client = server.admin().client(realm, clientId);
    if (!client.path("optionalClientScopes").toString().contains('"' + ACCOUNTS + '"')) {
      String scopes = "/clients/" + client.path("id").asText() + "/optional-client-scopes/";
      server
          .admin()
          .send("PUT", "/" + realm + scopes + scopeId(realm).orElseThrow(), Json.object());
    }
  }

  /** Tells the API the keys with which a client signs its requests, where they are signed. */
  public void knows(String realm, String clientId, Path jwks) {
    for (JsonNode settings : configuration.path("realms")) {
      if (settings.path("name").asText().equals(realm) && settings.has("signatures")) {
        ((ObjectNode) settings.at("/signatures/clients"))
            .put(clientId, jwks.toAbsolutePath().toString());
      }
    }
  }

  /** Starts it, when all realms and clients are known. */
  public void start(Harness harness) {
    Path file = folder.resolve("bank.json");
    OwnerOnly.write(file, Json.text(configuration));
    process =
        JarServer.start(
            harness,
            List.of("-Xmx96m", "-XX:+UseSerialGC"),
            harness.root().resolve(JAR),
            List.of(file.toString()),
            port,
            folder.resolve("bank.log"));
  }

  /** Where it writes what happens. */
  public Path logFile() {
    return folder.resolve("bank.log");
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }
}
