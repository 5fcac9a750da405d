package io.github.fapipack.it.samples;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.server.KeycloakServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registers two clients in a realm, one for each of FAPI's authentication methods, and writes the
 * files of each into its own folder.
 */
public final class SampleClients {
  /** Nothing listens there: a flow reads the redirect's Location header. */
  public static final String REDIRECT_URI = "https://client.localhost/callback";

  /** The client that authenticates with a signed assertion. */
  public static final String PRIVATE_KEY_JWT = "sample-private-key-jwt";

  /** The client that authenticates with its certificate. */
  public static final String MTLS = "sample-mtls";

  /** Browsers and tools require a password for a PKCS#12 file; only the owner can read the file. */
  static final String PKCS12_PASSWORD = "changeit";

  private final KeycloakServer server;
  private final Path folder;
  private final Path serverCa;
  private final Optional<SampleApi> api;

  /**
   * Clients of a server.
   *
   * @param folder for the clients' files
   * @param serverCa the authority of the server's certificate, as a PEM file
   * @param api the API that they may call, if there is one
   */
  public SampleClients(KeycloakServer server, Path folder, Path serverCa, Optional<SampleApi> api) {
    this.server = server;
    this.folder = folder;
    this.serverCa = serverCa;
    this.api = api;
  }

  /**
   * Registers both clients in one realm and returns the folders of their files.
   *
   * @param hybrid whether they may get an ID token besides the code, for FAPI 1.0
   */
  public List<Path> create(String realm, boolean hybrid, String username, String password) {
    return List.of(
        create(realm, hybrid, PRIVATE_KEY_JWT, username, password),
        create(realm, hybrid, MTLS, username, password));
  }

  /** Registers one of them. */
  Path create(String realm, boolean hybrid, String clientId, String username, String password) {
    // Keycloak's switch for all response types other than code; the rules allow one of them.
    return create(
        realm,
        clientId,
        username,
        password,
        ClientKeys.create(),
        client -> client.put("implicitFlowEnabled", hybrid),
        description -> {});
  }

  /**
   * Registers one with more than the samples of all realms have.
   *
   * @param registration changes what is registered
   * @param description changes what its file says
   */
  Path create(
      String realm,
      String clientId,
      String username,
      String password,
      ClientKeys keys,
      Consumer<ObjectNode> registration,
      Consumer<ObjectNode> description) {
    Path home = OwnerOnly.folder(folder.resolve(realm).resolve(clientId));
    ClientCertificate certificate =
        server.pki().clientCa().issue("CN=" + clientId + ",OU=" + realm + ",O=FAPI Pack sample");
    ObjectNode client = registration(clientId, keys, certificate);
    api.ifPresent(called -> called.admit(realm, client));
    registration.accept(client);
    server.admin().createClient(realm, client);
    api.ifPresent(called -> called.allowAccounts(realm, clientId));
    keys.writeTo(home.resolve("jwks.json"));
    api.ifPresent(called -> called.knows(realm, clientId, home.resolve("jwks.json")));
    certificate.writePem(home.resolve("certificate.pem"), home.resolve("certificate-key.pem"));
    certificate.writePkcs12(home.resolve("certificate.p12"), PKCS12_PASSWORD.toCharArray());
    ObjectNode file = description(realm, clientId, home, username, password);
    api.ifPresent(called -> file.put("api", called.address(realm).toString()));
    description.accept(file);
    OwnerOnly.write(home.resolve("client.json"), Json.text(file));
    return home;
  }

  private ObjectNode registration(String clientId, ClientKeys keys, ClientCertificate certificate) {
    ObjectNode client = Json.object();
    client
        .put("clientId", clientId)
        .put("name", "Sample (" + method(clientId) + ")")
        .put("protocol", "openid-connect")
        .put("publicClient", false)
        .put("clientAuthenticatorType", isMtls(clientId) ? "client-x509" : "client-jwt")
        .put("standardFlowEnabled", true)
        .put("serviceAccountsEnabled", true)
        .put("directAccessGrantsEnabled", false)
        .put("consentRequired", true)
        .put("fullScopeAllowed", false)
        .put("frontchannelLogout", false);
    client.putArray("redirectUris").add(REDIRECT_URI);
    addAudience(client, clientId);
    // The client with a certificate gets keys too, for signing requests.
    ObjectNode attributes =
        client
            .putObject("attributes")
            .put("use.jwks.string", "true")
            .put("jwks.string", keys.publicJwks())
            // Without it, Keycloak shows no consent page to a client that asks only for openid.
            .put("display.on.consent.screen", "true");
    if (isMtls(clientId)) {
      attributes
          .put("x509.subjectdn", certificate.subject())
          .put("x509.casubjectdn", certificate.issuer())
          .put("x509.allow.regex.pattern.comparison", "false");
    }
    return client;
  }

  /**
   * Keycloak answers introspection only to clients in the token's audience, so the client is added
   * to it.
   */
  public static void addAudience(ObjectNode client, String clientId) {
    client
        .putArray("protocolMappers")
        .addObject()
        .put("name", "audience")
        .put("protocol", "openid-connect")
        .put("protocolMapper", "oidc-audience-mapper")
        .putObject("config")
        .put("included.client.audience", clientId)
        .put("access.token.claim", "true")
        .put("introspection.token.claim", "true");
  }

  private ObjectNode description(
      String realm, String clientId, Path home, String username, String password) {
    return Json.object()
        .put("realm", realm)
        .put("issuer", server.issuer(realm).toString())
        .put("clientId", clientId)
        .put("clientAuth", method(clientId))
        .put("redirectUri", REDIRECT_URI)
        .put("jwks", "jwks.json")
        .put("certificate", "certificate.pem")
        .put("certificateKey", "certificate-key.pem")
        .put("serverCa", home.relativize(serverCa).toString())
        .put("username", username)
        .put("password", password);
  }

  private static boolean isMtls(String clientId) {
    return clientId.startsWith(MTLS);
  }

  private static String method(String clientId) {
    return isMtls(clientId) ? "tls_client_auth" : "private_key_jwt";
  }
}
