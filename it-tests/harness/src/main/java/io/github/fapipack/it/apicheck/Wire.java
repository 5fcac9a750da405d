package io.github.fapipack.it.apicheck;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Sends bytes to one host and nowhere else: requests as no HTTP client would let them pass. Each
 * request has a connection of its own; redirects are not followed.
 */
final class Wire {
  private final String host;
  private final int port;
  private final boolean tls;
  private final Map<Identity, SSLContext> identities;
  private final Duration timeout;

  /**
   * Sends to the host of this address.
   *
   * @param identities TLS for each certificate that there is
   */
  Wire(URI address, Map<Identity, SSLContext> identities, Duration timeout) {
    this.tls = address.getScheme().equals("https");
    this.host = address.getHost();
    this.port = address.getPort() >= 0 ? address.getPort() : tls ? 443 : 80;
    this.identities = Map.copyOf(identities);
    this.timeout = timeout;
  }

  boolean has(Identity identity) {
    return identities.containsKey(identity);
  }

  /** Sends and waits for the answer; trouble with the connection is an answer too. */
  Answer send(byte[] request, Identity identity) {
    long deadline = System.nanoTime() + timeout.toNanos();
    try (Socket socket = connect(identity)) {
      write(socket, request);
      return new AnswerReader(socket, deadline).read();
    } catch (SocketTimeoutException e) {
      return Answer.none("no answer within " + timeout.toSeconds() + " seconds", true);
    } catch (IOException e) {
      return Answer.none("closed without an answer: " + e.getMessage(), false);
    }
  }

  /** A server that has seen enough may close its side before everything is sent. */
  private static void write(Socket socket, byte[] request) throws IOException {
    OutputStream out = socket.getOutputStream();
    try {
      out.write(request);
      out.flush();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      // Its answer may have arrived all the same; reading tells.
      return;
    }
  }

  private Socket connect(Identity identity) throws IOException {
    int millis = Math.toIntExact(timeout.toMillis());
    Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(host, port), millis);
      socket.setSoTimeout(millis);
      socket.setTcpNoDelay(true);
      return tls ? secured(socket, identity) : socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private Socket secured(Socket socket, Identity identity) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            identities.get(identity).getSocketFactory().createSocket(socket, host, port, true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.startHandshake();
    return secured;
  }
}
