package io.github.fapipack.it.scheme;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.admin.AdminFailure;
import io.github.fapipack.it.admin.AdminResponse;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.CertificateAuthority;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Keys;
import io.github.fapipack.it.pki.Pem;
import io.github.fapipack.it.server.KeycloakServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** A scheme's directory in a realm, as its operator and its software use it. */
public final class Scheme {
  /** The scope of tokens for the directory's API. */
  public static final String SCOPE = "directory:software";

  private final KeycloakServer server;
  private final String realm;

  /** What clients show with their certificates, without the root. */
  private final List<X509Certificate> issuers;

  private Scheme(KeycloakServer server, String realm, List<X509Certificate> issuers) {
    this.server = server;
    this.realm = realm;
    this.issuers = issuers;
  }

  /** The directory in a realm, with the issuing key that it has. */
  public static Scheme in(KeycloakServer server, String realm) {
    return new Scheme(server, realm, List.of());
  }

  /**
   * The same with another issuing key, which the server's authority for clients has certified, so
   * that its listener lets the directory's certificates through.
   */
  public Scheme withTrustedAuthority() {
    CertificateAuthority root = server.pki().clientCa();
    CertificateAuthority issuer = root.subordinate("CN=Directory CA,O=" + realm);
    ObjectNode component =
        Json.object()
            .put("name", "Issuing key of the tests")
            .put("providerId", "fapi-issuing-key")
            .put("providerType", "org.keycloak.keys.KeyProvider");
    ObjectNode config = component.putObject("config");
    config.putArray("priority").add("500");
    config.putArray("keystoreType").add("PEM");
    config.putArray("privateKey").add(Pem.text(issuer.keys().getPrivate()));
    config.putArray("certificateChain").add(issuer.certificatePem() + root.certificatePem());
    expect(server.admin().send("POST", "/" + realm + "/components", component));
    return new Scheme(server, realm, issuer.chain());
  }

  /** The address of a document of the directory. */
  public URI address(String path) {
    return URI.create(server.issuer(realm) + "/directory/" + path);
  }

  /** Gets a public document. */
  public HttpExchange get(String path) {
    return send("GET", path, new NamedValues());
  }

  /** Sends a request without a body. */
  public HttpExchange send(String method, String path, NamedValues headers) {
    return transport(null).send(method, address(path), headers, "");
  }

  /** Sends a request of the operator to the admin API of the directory. */
  public JsonNode operate(String method, String path, JsonNode bodyOrNull) {
    return Json.parse(
        expect(server.admin().send(method, "/" + realm + "/fapi/scheme/" + path, bodyOrNull))
            .body());
  }

  private static AdminResponse expect(AdminResponse answer) {
    if (answer.status() >= 300) {
      throw new AdminFailure("The directory refused: " + answer.status() + " " + answer.body());
    }
    return answer;
  }

  /** Adds an active organisation with all roles. */
  public JsonNode organisation(String name, String number, String country) {
    ObjectNode sent = Json.object().put("name", name).put("number", number).put("country", country);
    operate("GET", "", null)
        .path("roles")
        .fieldNames()
        .forEachRemaining(sent.withArray("/roles")::add);
    return operate("POST", "organisations", sent);
  }

  /** Adds an active software with all roles of its organisation. */
  public Member software(JsonNode organisation, String name) {
    String site = "https://software.tpp.example/";
    ObjectNode sent =
        Json.object()
            .put("name", name)
            .put("description", name)
            .put("softwareVersion", "1.10")
            .put("clientUri", site)
            .put("logoUri", site + "logo.png")
            .put("policyUri", site + "policy.html")
            .put("tosUri", site + "tos.html");
    sent.putArray("redirectUris").add(site + "callback");
    organisation.path("roles").fieldNames().forEachRemaining(sent.withArray("/roles")::add);
    String id = organisation.path("id").asText();
    JsonNode made = operate("POST", "organisations/" + id + "/software", sent);
    return new Member(id, made.path("id").asText());
  }

  /** A software and its organisation, by their ids. */
  public record Member(String organisation, String software) {
    /** The address of what the software can do, relative to the directory. */
    public String path(String end) {
      return "organisations/" + organisation + "/softwarestatements/" + software + "/" + end;
    }

    /** The address of a key set of the software, relative to the directory. */
    public String keys(boolean active) {
      return "keystore/"
          + organisation
          + "/"
          + software
          + (active ? "" : "/inactive")
          + "/application.jwks";
    }
  }

  /** The operator's decision about a software. */
  public void decide(Member member, String standing) {
    decide("software/" + member.software(), standing);
  }

  /** The operator's decision about the organisation of a software. */
  public void decideOrganisation(Member member, String standing) {
    decide("organisations/" + member.organisation(), standing);
  }

  private void decide(String path, String standing) {
    JsonNode present = operate("GET", path, null);
    operate(
        "POST",
        path + "/decision",
        Json.object()
            .put("version", present.path("version").asLong())
            .put("standing", standing)
            .put("reason", "the test says so"));
  }

  /** A certificate for mutual TLS that the operator orders for a software. */
  public ClientCertificate certificate(Member member) {
    KeyPair keys = Keys.ec();
    JsonNode issued =
        operate(
            "POST",
            "software/" + member.software() + "/certificates",
            Json.object().put("use", "transport").put("request", CertificateRequests.of(keys)));
    return certificate(issued.path("pem").asText(), keys);
  }

  /** A certificate with the certificates of the authority that the server's listener needs. */
  public ClientCertificate certificate(String pem, KeyPair keys) {
    return new ClientCertificate(keys.getPrivate(), read(pem), issuers);
  }

  /** A certificate from its PEM. */
  public static X509Certificate read(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection that shows a certificate, or none if it is null. */
  public HttpTransport transport(ClientCertificate certificateOrNull) {
    return new HttpTransport(server.pki().sslContext(certificateOrNull), certificateOrNull != null);
  }

  /** Asks for an access token with client credentials. */
  public HttpExchange token(Member member, ClientCertificate certificate, String scope) {
    NamedValues form =
        new NamedValues()
            .set("grant_type", "client_credentials")
            .set("client_id", member.software())
            .set("scope", scope);
    return transport(certificate)
        .send(
            "POST",
            URI.create(server.issuer(realm) + "/protocol/openid-connect/token"),
            new NamedValues().set("Content-Type", "application/x-www-form-urlencoded"),
            form.encode());
  }

  /** An access token for the directory's API. */
  public String accessToken(Member member, ClientCertificate certificate) {
    return token(member, certificate, SCOPE).expectStatus(200).json().path("access_token").asText();
  }

  /** Sends a request of a software. */
  public HttpExchange call(
      String method, String path, String token, ClientCertificate certificateOrNull, String body) {
    NamedValues headers = new NamedValues();
    if (token != null) {
      headers.set("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      headers.set("Content-Type", "application/x-pem-file");
    }
    return transport(certificateOrNull).send(method, address(path), headers, body);
  }
}
