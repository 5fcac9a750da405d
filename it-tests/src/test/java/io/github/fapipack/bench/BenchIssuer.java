package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.pki.Pki;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Instant;
import java.util.UUID;
import javax.net.ssl.SSLContext;

/** An authorization server that is nothing but its metadata, keys and introspection. */
final class BenchIssuer implements AutoCloseable {
  static final String AUDIENCE = "https://api.example.com";
  static final String SCOPE = "accounts";

  /** Of the trust store, which holds a certificate only. */
  static final String PASSWORD = "certificates-only";

  private static final int LIFE = 3600;

  private final Pki pki = Pki.create();
  private final HttpServer server = LocalHttp.https(pki.serverCa());
  private final ECKey key;
  private volatile ObjectNode introspected = Json.object();

  BenchIssuer() throws JOSEException {
    key = new ECKeyGenerator(Curve.P_256).keyID("issuer").algorithm(JWSAlgorithm.ES256).generate();
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  SSLContext trust() {
    return pki.sslContext(null);
  }

  /** The authority of its certificate, as a trust store of a JVM. */
  byte[] trustStore() {
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("issuer", pki.serverCa().certificate());
      store.store(bytes, PASSWORD.toCharArray());
      return bytes.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the trust store cannot be written", e);
    }
  }

  JWKSet keys() {
    return new JWKSet(key.toPublicJWK());
  }

  ECKey key() {
    return key;
  }

  /** A new access token (RFC 9068), bound by a member of cnf. */
  String token(String member, String thumbprint) throws JOSEException {
    return sign(key, "at+jwt", claims(member, thumbprint));
  }

  /** A token that says nothing; introspection says the same as for one that does. */
  String opaque(String member, String thumbprint) {
    introspected = claims(member, thumbprint).put("active", true);
    return UUID.randomUUID().toString();
  }

  private ObjectNode claims(String member, String thumbprint) {
    long now = Instant.now().getEpochSecond();
    ObjectNode claims =
        Json.object()
            .put("iss", address())
            .put("sub", UUID.randomUUID().toString())
            .put("client_id", "fintech")
            .put("aud", AUDIENCE)
            .put("scope", "openid " + SCOPE)
            .put("jti", UUID.randomUUID().toString())
            .put("iat", now)
            .put("exp", now + LIFE)
            .put("grant_id", UUID.randomUUID().toString());
    claims.putObject("cnf").put(member, thumbprint);
    return claims;
  }

  /** A JWT, with the public key in its header unless it is the issuer's. */
  String sign(ECKey by, String type, ObjectNode claims) throws JOSEException {
    JWSHeader.Builder header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type));
    JWSObject jws =
        new JWSObject(
            by.equals(key)
                ? header.keyID(key.getKeyID()).build()
                : header.jwk(by.toPublicJWK()).build(),
            new Payload(Json.text(claims)));
    jws.sign(new ECDSASigner(by));
    return jws.serialize();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/jwks")) {
      LocalHttp.answer(exchange, 200, keys().toString());
    } else if (path.equals("/introspect")) {
      LocalHttp.answer(exchange, 200, Json.text(introspected));
    } else {
      LocalHttp.answer(
          exchange,
          200,
          Json.text(
              Json.object()
                  .put("issuer", address())
                  .put("jwks_uri", address() + "/jwks")
                  .put("introspection_endpoint", address() + "/introspect")));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
