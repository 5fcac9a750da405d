package io.github.fapipack.it.client;

import static com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod.S256;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.ClientCertificate;
import io.github.fapipack.it.pki.Pki;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Describes a {@link FapiClient}; the defaults are private_key_jwt with ES256, DPoP and {@code
 * openid}.
 */
public final class FapiClientBuilder {
  final String issuer;
  String clientId;
  ClientAuth auth = ClientAuth.PRIVATE_KEY_JWT;
  SenderConstraint constraint = SenderConstraint.DPOP;
  String algorithm = "ES256";
  ClientKeys keys;
  String secret;
  JWK dpopKey;
  String scope = "openid";
  String responseType = "code";
  boolean signsRequests;
  String responseMode;
  boolean signedIntrospection;
  boolean signsResources;
  JWK decryptionKey;
  String redirectUri = "https://client.example.org/callback";
  SSLContext tls;
  SSLContext tlsWithCertificate;
  Supplier<URI> node;
  FapiClient neighbour;

  FapiClientBuilder(String issuer) {
    this.issuer = issuer;
  }

  FapiClientBuilder(FapiClientBuilder other) {
    this.issuer = other.issuer;
    this.clientId = other.clientId;
    this.auth = other.auth;
    this.constraint = other.constraint;
    this.algorithm = other.algorithm;
    this.keys = other.keys;
    this.secret = other.secret;
    this.dpopKey = other.dpopKey;
    this.scope = other.scope;
    this.responseType = other.responseType;
    this.signsRequests = other.signsRequests;
    this.responseMode = other.responseMode;
    this.signedIntrospection = other.signedIntrospection;
    this.signsResources = other.signsResources;
    this.decryptionKey = other.decryptionKey;
    this.redirectUri = other.redirectUri;
    this.tls = other.tls;
    this.tlsWithCertificate = other.tlsWithCertificate;
    this.node = other.node;
    this.neighbour = other.neighbour;
  }

  /** Sets the client's identifier. */
  public FapiClientBuilder clientId(String clientId) {
    this.clientId = clientId;
    return this;
  }

  /** Authenticates with assertions; the algorithm determines the key. */
  public FapiClientBuilder privateKeyJwt(ClientKeys keys) {
    this.keys = keys;
    return auth(ClientAuth.PRIVATE_KEY_JWT);
  }

  /** Sets the method of client authentication. */
  public FapiClientBuilder auth(ClientAuth auth) {
    this.auth = auth;
    return this;
  }

  /** Authenticates with a password, in one of the ways that FAPI forbids. */
  public FapiClientBuilder secret(ClientAuth method, String secret) {
    this.secret = secret;
    return auth(method);
  }

  /** Signs assertions and DPoP proofs with PS256, ES256 or EdDSA. */
  public FapiClientBuilder algorithm(String algorithm) {
    this.algorithm = algorithm;
    this.dpopKey = null;
    return this;
  }

  /** Sets how access tokens are bound. */
  public FapiClientBuilder constraint(SenderConstraint constraint) {
    this.constraint = constraint;
    return this;
  }

  /** Sets the key of the DPoP proofs; by default a new one for the client's algorithm. */
  public FapiClientBuilder dpopKey(JWK key) {
    this.dpopKey = key;
    return this;
  }

  /** Sets the scope to ask for; null leaves the parameter out. */
  public FapiClientBuilder scope(String scope) {
    this.scope = scope;
    return this;
  }

  /** Sets the response type to ask for. */
  public FapiClientBuilder responseType(String responseType) {
    this.responseType = responseType;
    return this;
  }

  /** Pushes signed request objects. */
  public FapiClientBuilder signsRequests(boolean signsRequests) {
    this.signsRequests = signsRequests;
    return this;
  }

  /** Sets the response mode to ask for; null leaves it out. */
  public FapiClientBuilder responseMode(String responseMode) {
    this.responseMode = responseMode;
    return this;
  }

  /** Asks for signed answers about tokens. */
  public FapiClientBuilder signedIntrospection(boolean signedIntrospection) {
    this.signedIntrospection = signedIntrospection;
    return this;
  }

  /** Signs requests to resources, and requires signed responses of userinfo. */
  public FapiClientBuilder signsResources(boolean signsResources) {
    this.signsResources = signsResources;
    return this;
  }

  /** Sets the RSA key for what the server encrypts for this client. */
  public FapiClientBuilder decryptionKey(JWK key) {
    this.decryptionKey = key;
    return this;
  }

  /** Sets where authorization responses go. */
  public FapiClientBuilder redirectUri(String redirectUri) {
    this.redirectUri = redirectUri;
    return this;
  }

  /**
   * Sets TLS.
   *
   * @param withoutCertificate for connections that show no client certificate
   * @param withCertificate for those that show one; null if the client has none
   */
  public FapiClientBuilder tls(SSLContext withoutCertificate, SSLContext withCertificate) {
    this.tls = withoutCertificate;
    this.tlsWithCertificate = withCertificate;
    return this;
  }

  /** Trusts a server of the harness, and shows it the given certificate unless that is null. */
  public FapiClientBuilder tls(Pki pki, ClientCertificate certificateOrNull) {
    return tls(
        pki.sslContext(null), certificateOrNull == null ? null : pki.sslContext(certificateOrNull));
  }

  /**
   * Connects to a node of a cluster, regardless of the address in the server's metadata.
   *
   * @param node the node's origin, evaluated before each request
   */
  public FapiClientBuilder at(Supplier<URI> node) {
    this.node = node;
    return this;
  }

  /**
   * Uses the connections of another client, and the metadata that it has fetched: a thousand
   * clients in one program would otherwise need a thread each.
   */
  public FapiClientBuilder sharingConnectionsOf(FapiClient other) {
    this.neighbour = other;
    return this;
  }

  /** The client. */
  public FapiClient build() {
    FapiClientBuilder settings = new FapiClientBuilder(this);
    if (settings.dpopKey == null) {
      settings.dpopKey = freshKey(algorithm);
    }
    if (settings.keys == null && auth == ClientAuth.PRIVATE_KEY_JWT) {
      settings.keys = ClientKeys.of(freshKey(algorithm));
    }
    return new FapiClient(settings);
  }

  /** What an authorization request of this client asks for. */
  NamedValues authorizationParameters(CodeVerifier verifier) {
    NamedValues parameters =
        new NamedValues()
            .set("response_type", responseType)
            .set("redirect_uri", redirectUri)
            .set("scope", scope)
            .set("state", new State().getValue())
            .set("code_challenge", CodeChallenge.compute(S256, verifier).getValue())
            .set("code_challenge_method", S256.getValue())
            .set("response_mode", responseMode);
    return asksForIdToken() ? parameters.set("nonce", new Nonce().getValue()) : parameters;
  }

  /** Whether its authorization responses contain an ID token besides the code. */
  boolean expectsDetachedSignatures() {
    return responseType.contains("id_token");
  }

  boolean asksForIdToken() {
    return scope != null && scope.matches("(.* )?openid( .*)?");
  }

  String scopeBesidesOpenid() {
    String rest = scope == null ? "" : scope.replaceAll("\\bopenid\\b ?", "");
    return rest.isBlank() ? null : rest.strip();
  }

  JWK secretKey() {
    return new OctetSequenceKey.Builder(secret.getBytes(StandardCharsets.UTF_8)).build();
  }

  /** Whether its authorization responses have to be signed. */
  public boolean expectsSignedResponses() {
    return responseMode != null && responseMode.endsWith("jwt");
  }

  private static JWK freshKey(String algorithm) {
    return switch (algorithm) {
      case "ES256" -> ClientKeys.es256();
      case "EdDSA" -> ClientKeys.ed25519();
      default -> ClientKeys.ps256();
    };
  }
}
