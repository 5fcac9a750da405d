package io.github.fapipack.it.peer;

import io.github.fapipack.it.server.KeycloakServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An unauthenticated sender that can send any bytes. */
public final class Stranger {

  /** What came back. */
  public record Answer(int status) {}

  private final KeycloakServer server;

  private Stranger(KeycloakServer server) {
    this.server = server;
  }

  public static Stranger at(KeycloakServer server) {
    return new Stranger(server);
  }

  /**
   * Sends a request line exactly as given.
   *
   * @param headers each a whole line
   * @param body in ISO 8859-1, so that it can be any bytes; null for none
   */
  public Answer send(String method, String target, List<String> headers, String body) {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + target + " HTTP/1.1");
    lines.add("Host: " + server.baseUrl().getAuthority());
    lines.add("Connection: close");
    lines.addAll(headers);
    if (body != null) {
      lines.add("Content-Length: " + body.length());
    }
    String head = String.join("\r\n", lines) + "\r\n\r\n";
    try (Socket socket =
        server
            .pki()
            .sslContext(null)
            .getSocketFactory()
            .createSocket(server.baseUrl().getHost(), server.baseUrl().getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write((head + (body == null ? "" : body)).getBytes(StandardCharsets.ISO_8859_1));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String status = answer.readLine();
      return new Answer(status == null ? 0 : Integer.parseInt(status.split(" ")[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fetches a path. */
  public Answer get(String target, String... headers) {
    return send("GET", target, List.of(headers), null);
  }

  /** Posts a form. */
  public Answer post(String target, String form) {
    return send("POST", target, List.of("Content-Type: application/x-www-form-urlencoded"), form);
  }

  /** A JWT of these texts with an invalid signature. */
  public static String jwt(String header, String payload) {
    return part(header) + "." + part(payload) + "." + part("no signature");
  }

  /** A part of a JWT. */
  public static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
