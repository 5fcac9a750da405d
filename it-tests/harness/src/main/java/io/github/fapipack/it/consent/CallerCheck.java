package io.github.fapipack.it.consent;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import io.github.fapipack.it.server.KeycloakServer;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Checks that a realm of one server calls, by its certificate and its JWT (RFC 7523). */
final class CallerCheck {
  private static final Set<String> ALGORITHMS = Set.of("PS256", "ES256", "EdDSA", "Ed25519");
  private static final int LONGEST_SECONDS = 60;

  private final String realms;
  private final HttpTransport transport;
  private final X509Certificate expected;
  private final Map<String, JWKSet> keys = new ConcurrentHashMap<>();
  private final Set<String> used = ConcurrentHashMap.newKeySet();

  CallerCheck(KeycloakServer server) {
    realms = server.baseUrl() + "/realms/";
    // Nothing listens at the common address of a cluster.
    boolean isAlone = server.address().equals(server.baseUrl());
    transport =
        new HttpTransport(server.pki().sslContext(null), false, isAlone ? null : server::address);
    expected = server.pki().bank().certificate();
  }

  /** Requests to the server. */
  HttpTransport transport() {
    return transport;
  }

  /** The client certificate of a request, if TLS has one. */
  static Optional<X509Certificate> certificate(HttpExchange exchange) {
    try {
      return Optional.of(
          (X509Certificate) ((HttpsExchange) exchange).getSSLSession().getPeerCertificates()[0]);
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  /** The claims of the caller's JWT; empty if certificate or JWT are missing or not valid. */
  Map<String, Object> claims(HttpExchange exchange, String audience) {
    String header = exchange.getRequestHeaders().getFirst("Authorization");
    if (header == null
        || !header.startsWith("Bearer ")
        || certificate(exchange).filter(expected::equals).isEmpty()) {
      return Map.of();
    }
    Optional<JWTClaimsSet> claims = verified(header.substring("Bearer ".length()));
    return claims.filter(set -> isFor(set, audience)).isPresent()
        ? claims.get().getClaims()
        : Map.of();
  }

  /** The claims of a JWT that a realm of the server has signed; empty if none has. */
  Optional<JWTClaimsSet> verified(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      String issuer = String.valueOf(jwt.getJWTClaimsSet().getIssuer());
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm().getName())
          || !issuer.startsWith(realms)) {
        return Optional.empty();
      }
      JWK key = key(issuer, jwt.getHeader().getKeyID());
      return key != null && jwt.verify(verifier(jwt, key))
          ? Optional.of(jwt.getJWTClaimsSet())
          : Optional.empty();
    } catch (ParseException | JOSEException e) {
      return Optional.empty();
    }
  }

  private boolean isFor(JWTClaimsSet claims, String audience) {
    Instant now = Instant.now();
    return claims.getIssuer().equals(claims.getSubject())
        && claims.getAudience().equals(List.of(audience))
        && claims.getIssueTime() != null
        && claims.getExpirationTime() != null
        && claims.getExpirationTime().toInstant().isAfter(now)
        && claims.getExpirationTime().toInstant().isBefore(now.plusSeconds(LONGEST_SECONDS + 5))
        && claims.getJWTID() != null
        && used.add(claims.getJWTID());
  }

  private JWK key(String issuer, String kid) throws ParseException {
    JWKSet known = keys.get(issuer);
    if (known == null || known.getKeyByKeyId(kid) == null) {
      URI certs = URI.create(issuer + "/protocol/openid-connect/certs");
      known = JWKSet.parse(transport.send("GET", certs, new NamedValues(), "").body());
      keys.put(issuer, known);
    }
    return known.getKeyByKeyId(kid);
  }

  private static JWSVerifier verifier(SignedJWT jwt, JWK key) throws JOSEException {
    return key instanceof OctetKeyPair pair
        ? new Ed25519Verifier(pair.toPublicJWK())
        : new DefaultJWSVerifierFactory()
            .createJWSVerifier(jwt.getHeader(), ((AsymmetricJWK) key).toPublicKey());
  }
}
