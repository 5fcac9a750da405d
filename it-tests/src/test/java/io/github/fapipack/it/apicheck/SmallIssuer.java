package io.github.fapipack.it.apicheck;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.pki.CertificateAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** An authorization server that gives whatever it is asked for. */
final class SmallIssuer implements AutoCloseable {
  private final CertificateAuthority authority =
      CertificateAuthority.create("CN=authority of the small issuer");
  private final HttpServer server = LocalHttp.https(authority);
  private final ECKey key = (ECKey) ClientKeys.es256();
  private final List<String> askedFor = new ArrayList<>();
  private boolean bindsTokens = true;

  SmallIssuer() {
    server.createContext("/.well-known/openid-configuration", this::metadata);
    server.createContext("/jwks", e -> LocalHttp.answer(e, 200, keys()));
    server.createContext("/token", this::token);
    server.createContext("/revoke", e -> LocalHttp.answer(e, 200, ""));
    server.start();
  }

  String issuer() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  String keys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /** Gives Bearer tokens from now on. */
  void bindNothing() {
    bindsTokens = false;
  }

  /** The resources that tokens were asked for. */
  synchronized List<String> audiences() {
    return List.copyOf(askedFor);
  }

  /** A client.json of a new client. */
  Path client(Path folder, String id) throws IOException {
    ClientKeys.create().writeTo(folder.resolve(id + "-jwks.json"));
    Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
    return Files.writeString(
        folder.resolve(id + ".json"),
        Json.object()
            .put("issuer", issuer())
            .put("clientId", id)
            .put("clientAuth", "private_key_jwt")
            .put("jwks", id + "-jwks.json")
            .put("serverCa", "ca.pem")
            .toString());
  }

  private void metadata(HttpExchange exchange) throws IOException {
    LocalHttp.answer(
        exchange,
        200,
        """
        {"issuer": "%1$s", "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/jwks",
         "revocation_endpoint": "%1$s/revoke", "authorization_endpoint": "%1$s/authorize",
         "subject_types_supported": ["public"], "response_types_supported": ["code"],
         "id_token_signing_alg_values_supported": ["ES256"]}
        """
            .formatted(issuer()));
  }

  private void token(HttpExchange exchange) throws IOException {
    NamedValues form = NamedValues.parse(LocalHttp.body(exchange));
    String proof = exchange.getRequestHeaders().getFirst("DPoP");
    synchronized (this) {
      form.get("resource").ifPresent(askedFor::add);
    }
    try {
      LocalHttp.answer(exchange, 200, answer(form, SignedJWT.parse(proof)));
    } catch (ParseException | JOSEException e) {
      throw new IOException(e);
    }
  }

  private String answer(NamedValues form, SignedJWT proof) throws JOSEException {
    String thumbprint = proof.getHeader().getJWK().computeThumbprint().toString();
    Instant now = Instant.now();
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer())
            .subject("client")
            .audience(form.get("resource").orElse("api"))
            .claim("client_id", "client")
            .claim("scope", form.get("scope").orElse("accounts"))
            .claim("cnf", Json.value(Json.object().put("jkt", thumbprint)))
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plusSeconds(300)))
            .build();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build(),
            claims);
    token.sign(new ECDSASigner(key));
    return Json.object()
        .put("access_token", token.serialize())
        .put("token_type", bindsTokens ? "DPoP" : "Bearer")
        .put("expires_in", 300)
        .put("refresh_token", "refresh-" + UUID.randomUUID())
        .toString();
  }

  /** Whom to trust for its own address. */
  CertificateAuthority authority() {
    return authority;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
