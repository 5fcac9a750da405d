package io.github.fapipack.it.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import io.github.fapipack.it.browser.LoginPage;
import io.github.fapipack.it.check.IdTokenCheck;
import io.github.fapipack.it.check.IntrospectionCheck;
import io.github.fapipack.it.check.JarmCheck;
import io.github.fapipack.it.http.HttpExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.httpsig.HttpSignature;
import io.github.fapipack.it.httpsig.HttpSignatureCheck;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client that follows FAPI2-SP 5.3.3; every request can be altered into an attack.
 *
 * <pre>{@code
 * Authorized authorized = client.authorize("alice", "secret");
 * Tokens tokens = client.token(authorized).expect();
 * client.userinfo(tokens).withoutProof().expectError(401, "invalid_token");
 * client.par().with("response_type", "token").expectError("unsupported_response_type");
 * }</pre>
 */
public final class FapiClient {
  private final FapiClientBuilder settings;
  private final HttpTransport withoutCertificate;
  private final HttpTransport withCertificate;
  private final Map<Boolean, String> nonces = new ConcurrentHashMap<>();
  private Discovery discovery;

  FapiClient(FapiClientBuilder settings) {
    this.settings = settings;
    if (settings.neighbour != null) {
      this.withoutCertificate = settings.neighbour.withoutCertificate;
      this.withCertificate = settings.neighbour.withCertificate;
      this.discovery = settings.neighbour.discovery();
      return;
    }
    this.withoutCertificate = new HttpTransport(settings.tls, false, settings.node);
    this.withCertificate =
        settings.tlsWithCertificate == null
            ? withoutCertificate
            : new HttpTransport(settings.tlsWithCertificate, true, settings.node);
  }

  /** Starts the description of a client of the given server. */
  public static FapiClientBuilder of(Object issuer) {
    return new FapiClientBuilder(issuer.toString());
  }

  /** A builder that starts with this client's values, for a client that differs in something. */
  public FapiClientBuilder but() {
    return new FapiClientBuilder(settings);
  }

  /** Fetches the server's metadata again. */
  public Discovery discover() {
    URI address = URI.create(issuer() + "/.well-known/openid-configuration");
    discovery =
        get(address, exchange -> Discovery.of(issuer(), exchange)).withoutCertificate().expect();
    return discovery;
  }

  /** The server's metadata; fetched once. */
  public Discovery discovery() {
    return discovery == null ? discover() : discovery;
  }

  /** A pushed authorization request (RFC 9126). */
  public FapiRequest<Pushed> par() {
    CodeVerifier verifier = new CodeVerifier();
    AtomicReference<NamedValues> asked = new AtomicReference<>(new NamedValues());
    FapiRequest<Pushed> request =
        post(
            "pushed_authorization_request_endpoint",
            exchange -> Pushed.of(exchange, asked.get(), redirectUri(), verifier.getValue()));
    settings
        .authorizationParameters(verifier)
        .entries()
        .forEach(p -> request.with(p.getKey(), p.getValue()));
    if (settings.signsRequests) {
      request.requestObject(object -> {});
    }
    return request.watchedBy(asked::set).proven();
  }

  /** A visit to the authorization endpoint with a pushed request. */
  public AuthorizationVisit visit(Pushed pushed) {
    NamedValues query =
        new NamedValues().set("client_id", clientId()).set("request_uri", pushed.requestUri());
    return new AuthorizationVisit(this, pushed, query);
  }

  /** A visit to the authorization endpoint with everything in the query, which FAPI forbids. */
  public AuthorizationVisit visitWithoutPar() {
    return new UnpushedRequest(this, settings).plain();
  }

  /**
   * A visit with a request object in the query (FAPI1-ADV 5.2.2-1), altered before it is signed.
   */
  public AuthorizationVisit visitByValue(Consumer<RequestObject> edit) {
    return new UnpushedRequest(this, settings).byValue(edit);
  }

  /** Pushes a request, and lets a user log in and consent. */
  public Authorized authorize(String user, String password) {
    return visit(par().expect()).as(user, password).expectCode();
  }

  /** Everything up to the tokens. */
  public Tokens tokens(String user, String password) {
    return token(authorize(user, password)).expect();
  }

  /** Exchanges a code. */
  public FapiRequest<Tokens> token(Authorized authorized) {
    return grant("authorization_code")
        .with("code", authorized.code())
        .with("redirect_uri", authorized.redirectUri())
        .with("code_verifier", authorized.codeVerifier());
  }

  /** Uses a refresh token. */
  public FapiRequest<Tokens> refresh(Tokens tokens) {
    return grant("refresh_token").with("refresh_token", tokens.refreshToken());
  }

  /** Asks for a token for the client itself. */
  public FapiRequest<Tokens> clientCredentials() {
    return grant("client_credentials").with("scope", settings.scopeBesidesOpenid());
  }

  /** A token request of any grant type. */
  public FapiRequest<Tokens> grant(String grantType) {
    return post("token_endpoint", Tokens::of).with("grant_type", grantType).proven();
  }

  /** Asks for the user's claims. */
  public FapiRequest<JsonNode> userinfo(Tokens tokens) {
    URI address = discovery().endpoint("userinfo_endpoint", usesCertificate());
    return get(address, exchange -> signed(exchange.expectStatus(200)).json())
        .authorizedBy(tokens.accessToken());
  }

  /** The response of a resource, with a verified signature if this client signs requests. */
  HttpExchange signed(HttpExchange answer) {
    return signsResources() ? verifiedAnswer(answer) : answer;
  }

  /** Fails unless the server has signed the response to this request (FAPI2-HS 5.3.2.2). */
  public HttpExchange verifiedAnswer(HttpExchange answer) {
    return HttpSignatureCheck.verify(answer, serverKeys());
  }

  /** Asks the server about a token. */
  public FapiRequest<JsonNode> introspect(String token) {
    FapiRequest<JsonNode> request =
        post("introspection_endpoint", this::introspection).with("token", token);
    return settings.signedIntrospection
        ? request.header("Accept", IntrospectionCheck.MEDIA_TYPE)
        : request;
  }

  /** The content of an introspection response, after its signature, if any, is verified. */
  public JsonNode introspection(HttpExchange answer) {
    answer.expectStatus(200);
    return settings.signedIntrospection
        ? IntrospectionCheck.verify(
            answer, issuer(), clientId(), serverKeys(), settings.decryptionKey)
        : answer.json();
  }

  /** Revokes a token; Keycloak's own DPoP rule requires a proof here as well. */
  public FapiRequest<HttpExchange> revoke(String token) {
    return post("revocation_endpoint", exchange -> exchange.expectStatus(200))
        .with("token", token)
        .proven();
  }

  /** An authenticated POST to an endpoint, by its name in the metadata. */
  public <A> FapiRequest<A> post(String endpoint, Function<HttpExchange, A> parser) {
    URI address = discovery().endpoint(endpoint, usesCertificate());
    return new FapiRequest<>(this, "POST", address, parser).authenticated();
  }

  /** A GET without authentication. */
  public <A> FapiRequest<A> get(URI address, Function<HttpExchange, A> parser) {
    return new FapiRequest<>(this, "GET", address, parser);
  }

  /** A GET with an access token, bound as this client's tokens are. */
  public FapiRequest<HttpExchange> resource(URI address, Tokens tokens) {
    return get(address, exchange -> exchange.expectStatus(200)).authorizedBy(tokens.accessToken());
  }

  /** Verifies signature and claims of an ID token as OpenID Connect Core 3.1.3.7 demands. */
  public IDTokenClaimsSet verifiedIdToken(Tokens tokens, String nonce) {
    return verifiedIdToken(tokens.idToken(), nonce);
  }

  /** Decrypts an ID token where it is encrypted, and verifies signature and claims. */
  public IDTokenClaimsSet verifiedIdToken(String idToken, String nonce) {
    String signed = IdTokenCheck.signed(idToken, settings.decryptionKey);
    return IdTokenCheck.verify(signed, nonce, issuer(), clientId(), serverKeys());
  }

  /** Verifies a signed authorization response (JARM 2.4) and gives what is in it. */
  public NamedValues verifiedResponse(String response) {
    return JarmCheck.verify(response, issuer(), clientId(), serverKeys(), settings.decryptionKey);
  }

  /** The server's keys, as JSON. */
  public String serverKeys() {
    URI address = URI.create(discovery().exchange().json().path("jwks_uri").asText());
    return get(address, exchange -> exchange.expectStatus(200).body())
        .withoutCertificate()
        .expect();
  }

  /** A browser without a session. */
  public LoginPage browser() {
    return new LoginPage(withoutCertificate, redirectUri());
  }

  /** A new client assertion, unsigned, as for each request. */
  public ClientAssertion newAssertion() {
    boolean secret = auth() == ClientAuth.CLIENT_SECRET_JWT;
    JWK key = secret ? settings.secretKey() : settings.keys.forAlgorithm(settings.algorithm);
    return new ClientAssertion(clientId(), issuer(), key);
  }

  /** A request object without parameters, unsigned. */
  RequestObject newRequestObject() {
    return new RequestObject(clientId(), issuer(), settings.keys.forAlgorithm(settings.algorithm));
  }

  /** The signature of a message, before it is computed. */
  HttpSignature newHttpSignature(NamedValues headers, String body) {
    return new HttpSignature(settings.keys.forAlgorithm(settings.algorithm), headers, body);
  }

  /** A fresh DPoP proof, unsigned, without nonce and token hash. */
  public DpopProof newProof(String method, URI address) {
    return new DpopProof(method, address, dpopKey());
  }

  /** The key of this client's DPoP proofs. */
  public JWK dpopKey() {
    return settings.dpopKey;
  }

  /** The server's issuer identifier. */
  public String issuer() {
    return settings.issuer;
  }

  /** The client's identifier. */
  public String clientId() {
    return settings.clientId;
  }

  /** Where authorization responses go. */
  public String redirectUri() {
    return settings.redirectUri;
  }

  /** The client's authentication method. */
  public ClientAuth auth() {
    return settings.auth;
  }

  /** How its tokens are bound. */
  public SenderConstraint constraint() {
    return settings.constraint;
  }

  /** Whether its own requests show a client certificate. */
  public boolean usesCertificate() {
    return auth().needsCertificate() || constraint() == SenderConstraint.MTLS;
  }

  /** Whether it signs its authorization requests (FAPI2-MS 5.3.2). */
  public boolean signsRequests() {
    return settings.signsRequests;
  }

  /** Whether it asks for signed introspection responses (RFC 9701). */
  public boolean signedIntrospection() {
    return settings.signedIntrospection;
  }

  /** The algorithm of its assertions and proofs. */
  public String algorithm() {
    return settings.algorithm;
  }

  /** Whether it signs its requests to resources (FAPI2-HS). */
  public boolean signsResources() {
    return settings.signsResources;
  }

  String secret() {
    return settings.secret;
  }

  HttpTransport transport(boolean certificate) {
    return certificate ? withCertificate : withoutCertificate;
  }

  /** Authorization server and resource server issue separate nonces (RFC 9449 9-1). */
  String nonce(boolean resourceServer) {
    return nonces.get(resourceServer);
  }

  void rememberNonce(boolean resourceServer, HttpExchange answer) {
    answer.headers().get("DPoP-Nonce").ifPresent(nonce -> nonces.put(resourceServer, nonce));
  }
}
