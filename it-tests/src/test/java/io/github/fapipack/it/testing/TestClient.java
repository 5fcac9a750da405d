package io.github.fapipack.it.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientAuth;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.client.SenderConstraint;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.samples.SampleClients;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Registers a client in a test realm and hands out the {@link FapiClient} that acts for it:
 * private_key_jwt with ES256 and DPoP at first.
 */
public final class TestClient {
  private final TestRealm realm;
  private final String clientId = "client-" + UUID.randomUUID().toString().substring(0, 8);
  private final ClientCertificate certificate;
  private ClientOrigin origin = ClientOrigin.AFTER_POLICY;
  private ClientAuth auth = ClientAuth.PRIVATE_KEY_JWT;
  private SenderConstraint constraint = SenderConstraint.DPOP;
  private String algorithm = "ES256";
  private String scope = "openid";
  private boolean signs;
  private boolean fapi1;
  private Consumer<ObjectNode> alteration = client -> {};

  private TestClient(TestRealm realm) {
    this.realm = realm;
    this.certificate = realm.server().pki().clientCa().issue("CN=" + clientId);
  }

  /** Starts the description of a client of that realm. */
  public static TestClient in(TestRealm realm) {
    return new TestClient(realm);
  }

  /** Sets how the client comes into the realm. */
  public TestClient made(ClientOrigin origin) {
    this.origin = origin;
    return this;
  }

  /** Sets how the client authenticates. */
  public TestClient auth(ClientAuth auth) {
    this.auth = auth;
    return this;
  }

  /** Sets how its tokens are bound. */
  public TestClient constraint(SenderConstraint constraint) {
    this.constraint = constraint;
    return this;
  }

  /** Sets the algorithm of its assertions and proofs. */
  public TestClient algorithm(String algorithm) {
    this.algorithm = algorithm;
    return this;
  }

  /** Sets the scope that it asks for. */
  public TestClient scope(String scope) {
    this.scope = scope;
    return this;
  }

  /** Signs its requests, and asks for signed answers (FAPI2-MS). */
  public TestClient signing() {
    signs = true;
    return this;
  }

  /**
   * As FAPI 1.0 Advanced has it: signs its requests, and gets the code in a signed response, for
   * tokens that are bound to its certificate.
   */
  public TestClient fapi1() {
    fapi1 = true;
    return signing().constraint(SenderConstraint.MTLS);
  }

  /** Alters the registration, in Keycloak's own JSON. */
  public TestClient altering(Consumer<ObjectNode> edit) {
    alteration = alteration.andThen(edit);
    return this;
  }

  /** Sets an attribute of the registration. */
  public TestClient attribute(String name, String value) {
    return altering(client -> client.withObject("/attributes").put(name, value));
  }

  /** Registers the client. */
  public FapiClient register() {
    ClientKeys keys = TestKeys.create();
    ObjectNode registration = registration(keys);
    if (origin != ClientOrigin.AFTER_POLICY) {
      neglect(registration);
    }
    alteration.accept(registration);
    switch (origin) {
      case BEFORE_POLICY ->
          realm.withoutPolicies(() -> realm.admin().createClient(realm.name(), registration));
      case AFTER_POLICY -> realm.admin().createClient(realm.name(), registration);
      case IMPORTED ->
          realm
              .admin()
              .partialImport(realm.name(), Json.object().set("clients", list(registration)));
    }
    return FapiClient.of(realm.issuer())
        .clientId(clientId)
        .privateKeyJwt(keys)
        .auth(auth)
        .algorithm(algorithm)
        .constraint(constraint)
        .scope(scope)
        .signsRequests(signs)
        .responseMode(signs ? "jwt" : null)
        .signedIntrospection(signs && !fapi1)
        .signsResources(signs && !fapi1)
        .redirectUri(SampleClients.REDIRECT_URI)
        .tls(realm.server().pki(), certificate)
        .build();
  }

  private static ArrayNode list(ObjectNode one) {
    return Json.object().putArray("list").add(one);
  }

  private ObjectNode registration(ClientKeys keys) {
    ObjectNode client =
        Json.object()
            .put("clientId", clientId)
            .put("name", "Test client")
            .put("protocol", "openid-connect")
            .put("publicClient", false)
            .put("clientAuthenticatorType", auth.needsCertificate() ? "client-x509" : "client-jwt")
            .put("standardFlowEnabled", true)
            .put("serviceAccountsEnabled", true)
            .put("directAccessGrantsEnabled", false);
    client.putArray("redirectUris").add(SampleClients.REDIRECT_URI);
    SampleClients.addAudience(client, clientId);
    client
        .putObject("attributes")
        .put("use.jwks.string", "true")
        .put("jwks.string", keys.publicJwks())
        .put("x509.subjectdn", certificate.subject())
        .put("x509.casubjectdn", certificate.issuer());
    return client;
  }

  /** The switches as Keycloak leaves them, or worse. */
  private static void neglect(ObjectNode client) {
    client
        .put("consentRequired", false)
        .put("fullScopeAllowed", true)
        .put("implicitFlowEnabled", true)
        .put("directAccessGrantsEnabled", true)
        .withObject("/attributes")
        .put("access.token.signed.response.alg", "RS256")
        .put("id.token.signed.response.alg", "RS256")
        .put("exclude.issuer.from.auth.response", "true")
        .put("dpop.bound.access.tokens", "false")
        .put("tls.client.certificate.bound.access.tokens", "false");
  }
}
