package io.github.fapipack.it.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import io.github.fapipack.it.check.IntrospectionCheck;
import io.github.fapipack.it.http.HttpTransport;
import io.github.fapipack.it.http.NamedValues;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Checks an access token as a resource server must: it is active, by introspection at its realm,
 * and the request proves its key or certificate (RFC 8705 section 3, RFC 9449 section 7).
 *
 * @param http offers the certificate of the resource server, which is a client of the realm
 * @param clientId of the resource server
 */
record TokenCheck(HttpTransport http, URI issuer, String clientId, ProofCheck proofs) {
  private static final Pattern HEADER =
      Pattern.compile("(Bearer|DPoP) +(\\S+)", Pattern.CASE_INSENSITIVE);

  /** What the realm says of the token of a request. */
  JsonNode check(HttpExchange exchange, URI address) {
    Matcher header =
        HEADER.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    if (!header.matches()) {
      throw new TokenRefused("invalid_token", "there is no access token");
    }
    String token = header.group(2);
    JsonNode state = introspect(token);
    if (!state.path("active").asBoolean()) {
      throw new TokenRefused("invalid_token", "the token is not active");
    }
    JsonNode key = state.path("cnf").path("jkt");
    if (key.isTextual()) {
      if (!header.group(1).equalsIgnoreCase("DPoP")) {
        throw new TokenRefused("invalid_token", "a DPoP-bound token came as another kind");
      }
      List<String> proof = exchange.getRequestHeaders().getOrDefault("DPoP", List.of());
      proofs.check(proof, exchange.getRequestMethod(), address, token, key.asText());
    } else if (!state.path("cnf").path("x5t#S256").asText().equals(thumbprint(exchange))) {
      throw new TokenRefused("invalid_token", "the certificate is not the one of the token");
    }
    return state;
  }

  private JsonNode introspect(String token) {
    URI base = URI.create(issuer + "/protocol/openid-connect/");
    NamedValues headers =
        new NamedValues()
            .set("Accept", IntrospectionCheck.MEDIA_TYPE)
            .set("Content-Type", "application/x-www-form-urlencoded");
    String form = new NamedValues().set("client_id", clientId).set("token", token).encode();
    String keys = http.send("GET", base.resolve("certs"), new NamedValues(), "").body();
    return IntrospectionCheck.verify(
        http.send("POST", base.resolve("token/introspect"), headers, form),
        issuer.toString(),
        clientId,
        keys,
        null);
  }

  /** Of the certificate of the connection; an empty text never equals one. */
  private static String thumbprint(HttpExchange exchange) {
    try {
      Certificate[] chain = ((HttpsExchange) exchange).getSSLSession().getPeerCertificates();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (SSLPeerUnverifiedException e) {
      return "none";
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
