package io.github.fapipack.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Simulates a Keycloak node, with the node's certificate: returns the headers that reached it. */
final class EchoNode implements AutoCloseable {
  private final HttpsServer server;

  EchoNode(Path pki) throws IOException, GeneralSecurityException {
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(Tls.context(pki, DockerFolder.keyStore(pki, "node"))));
    server.createContext("/", EchoNode::echo);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** One line for each header, with its name in small letters. */
  private static void echo(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      for (String value : header.getValue()) {
        text.append(header.getKey().toLowerCase(Locale.ROOT));
        text.append(": ").append(value).append('\n');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
