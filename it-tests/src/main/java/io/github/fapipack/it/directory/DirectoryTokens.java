package io.github.fapipack.it.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.util.X509CertUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsExchange;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.http.LocalHttp;
import io.github.fapipack.it.http.NamedValues;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * How a software gets its statement from the directory: a token for the scope {@code
 * directory:software} over mutual TLS, then the statement with that token.
 */
final class DirectoryTokens {
  static final String SCOPE = "directory:software";

  /** The header in which a proxy passes the client certificate on, as URL-encoded PEM. */
  static final String CERTIFICATE_HEADER = "X-Client-Certificate";

  private static final String TOKEN = "/token";
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final Directory directory;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();

  DirectoryTokens(Directory directory) {
    this.directory = directory;
  }

  void serve(HttpServer server) {
    server.createContext(DISCOVERY, this::discovery);
    server.createContext(TOKEN, this::token);
    server.createContext("/organisations/", this::statement);
  }

  private void discovery(HttpExchange exchange) throws IOException {
    String base = directory.addresses().authorization().toString();
    ObjectNode document =
        Json.object()
            .put("issuer", base)
            .put("token_endpoint", base + TOKEN)
            .put("jwks_uri", directory.jwksUri().toString())
            .put("tls_client_certificate_bound_access_tokens", true);
    document.putArray("grant_types_supported").add("client_credentials");
    document.putArray("token_endpoint_auth_methods_supported").add("tls_client_auth");
    document.putArray("scopes_supported").add(SCOPE);
    document.putObject("mtls_endpoint_aliases").put("token_endpoint", base + TOKEN);
    LocalHttp.answer(exchange, 200, document.toString());
  }

  private void token(HttpExchange exchange) throws IOException {
    NamedValues form = NamedValues.parse(LocalHttp.body(exchange));
    if (certificate(exchange).isEmpty()) {
      refuse(exchange, 401, "invalid_client");
    } else if (!form.get("grant_type").equals(Optional.of("client_credentials"))) {
      refuse(exchange, 400, "unsupported_grant_type");
    } else if (!form.get("scope").equals(Optional.of(SCOPE))) {
      refuse(exchange, 400, "invalid_scope");
    } else {
      String token = UUID.randomUUID().toString();
      tokens.add(token);
      ObjectNode response =
          Json.object()
              .put("access_token", token)
              .put("token_type", "Bearer")
              .put("expires_in", 600)
              .put("scope", SCOPE);
      LocalHttp.answer(exchange, 200, response.toString());
    }
  }

  /** {@code /organisations/<id>/softwarestatements/<id>/assertion}. */
  private void statement(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String[] path = exchange.getRequestURI().getPath().split("/");
    if (authorization == null || !tokens.contains(authorization.replaceFirst("^Bearer ", ""))) {
      refuse(exchange, 401, "invalid_token");
    } else if (certificate(exchange).isEmpty()) {
      refuse(exchange, 401, "invalid_token");
    } else if (path.length != 6
        || !path[3].equals("softwarestatements")
        || !path[5].equals("assertion")) {
      refuse(exchange, 404, "not_found");
    } else {
      Optional<Software> software = directory.find(path[2], path[4]);
      if (software.isEmpty()) {
        refuse(exchange, 404, "not_found");
      } else {
        answerStatement(exchange, software.get().statement().sign());
      }
    }
  }

  private static void answerStatement(HttpExchange exchange, String statement) throws IOException {
    byte[] body = statement.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/jwt; charset=UTF-8");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void refuse(HttpExchange exchange, int status, String error) throws IOException {
    LocalHttp.answer(exchange, status, Json.object().put("error", error).toString());
  }

  private static Optional<Certificate> certificate(HttpExchange exchange) {
    if (exchange instanceof HttpsExchange https) {
      try {
        return Optional.of(https.getSSLSession().getPeerCertificates()[0]);
      } catch (SSLPeerUnverifiedException e) {
        return Optional.empty();
      }
    }
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(CERTIFICATE_HEADER))
        .map(pem -> X509CertUtils.parse(URLDecoder.decode(pem, StandardCharsets.UTF_8)));
  }
}
