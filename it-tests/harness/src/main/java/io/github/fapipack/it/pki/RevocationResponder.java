package io.github.fapipack.it.pki;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells by OCSP (RFC 6960) and by revocation list (RFC 5280 5), over plain HTTP on a free port of
 * the loopback interface, whether an authority has revoked its certificates. Every certificate is
 * good until the test says otherwise.
 */
public final class RevocationResponder implements AutoCloseable {

  /** What the responder says about one certificate. */
  enum State {
    REVOKED,
    /** Only OCSP knows this state. */
    UNKNOWN
  }

  private final Map<BigInteger, State> states = new ConcurrentHashMap<>();
  private final AtomicInteger ocspRequests = new AtomicInteger();
  private final AtomicInteger crlRequests = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "revocation-responder");
            thread.setDaemon(true);
            return thread;
          });
  private final HttpServer server;
  private final CertificateAuthority authority;
  private volatile RevocationAnswers answers;
  private volatile HttpHandler ocspHandler = this::answerOcsp;
  private volatile HttpHandler crlHandler = this::answerCrl;

  private RevocationResponder(CertificateAuthority authority) {
    this.authority = authority;
    answers = RevocationAnswers.by(authority);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/ocsp", exchange -> serve(exchange, ocspRequests, ocspHandler));
    server.createContext("/crl", exchange -> serve(exchange, crlRequests, crlHandler));
    server.start();
  }

  /** Starts a responder for an authority. */
  public static RevocationResponder start(CertificateAuthority authority) {
    return new RevocationResponder(authority);
  }

  /** The authority, whose certificates from now on name this responder for OCSP and lists. */
  public CertificateAuthority authority() {
    return authority.announcing(new CertificateAuthority.Locations(ocsp(), crl()));
  }

  /** The authority, whose certificates from now on name this responder for OCSP only. */
  public CertificateAuthority authorityWithOcsp() {
    return authority.announcing(new CertificateAuthority.Locations(ocsp(), null));
  }

  /** The authority, whose certificates from now on name this responder for lists only. */
  public CertificateAuthority authorityWithCrl() {
    return authority.announcing(new CertificateAuthority.Locations(null, crl()));
  }

  /** The address for OCSP. */
  public URI ocsp() {
    return uri("/ocsp");
  }

  /** The address of the revocation list. */
  public URI crl() {
    return uri("/crl");
  }

  /** Says from now on that a certificate is revoked. */
  public void revoke(X509Certificate certificate) {
    states.put(certificate.getSerialNumber(), State.REVOKED);
  }

  /** Says from now on by OCSP that the authority does not know a certificate. */
  public void forget(X509Certificate certificate) {
    states.put(certificate.getSerialNumber(), State.UNKNOWN);
  }

  /** Says from now on that a certificate is good. */
  public void reinstate(X509Certificate certificate) {
    states.remove(certificate.getSerialNumber());
  }

  /** Sets how long answers and lists are valid (nextUpdate) from now on; an hour at first. */
  public void lasting(Duration validity) {
    answers = answers.from(Duration.ofSeconds(60).negated(), validity);
  }

  /** Changes how answers and lists are made from now on. */
  public void answering(RevocationAnswers others) {
    answers = others;
  }

  /** How answers and lists are made. */
  public RevocationAnswers answers() {
    return answers;
  }

  /** Answers everything with this HTTP status and nothing else, as if it were out of order. */
  public void failing(int status) {
    HttpHandler failing = exchange -> send(exchange, status, "text/plain", new byte[0]);
    handling(failing, failing);
  }

  /** Answers requests for OCSP and for lists in any way. */
  public void handling(HttpHandler forOcsp, HttpHandler forCrl) {
    ocspHandler = forOcsp;
    crlHandler = forCrl;
  }

  /** Answers as at first, after it was failing. */
  public void recover() {
    handling(this::answerOcsp, this::answerCrl);
  }

  /** How often it was asked by OCSP. */
  public int ocspRequests() {
    return ocspRequests.get();
  }

  /** How often a list was fetched. */
  public int crlRequests() {
    return crlRequests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  /** Answers a request by OCSP with what this responder knows. */
  public void answerOcsp(HttpExchange exchange) throws IOException {
    byte[] request = exchange.getRequestBody().readAllBytes();
    send(exchange, 200, "application/ocsp-response", answers.ocsp(request, states));
  }

  /** Answers a request for a list with what this responder knows. */
  public void answerCrl(HttpExchange exchange) throws IOException {
    send(exchange, 200, "application/pkix-crl", answers.crl(states));
  }

  private static void serve(HttpExchange exchange, AtomicInteger counter, HttpHandler handler)
      throws IOException {
    counter.incrementAndGet();
    try (exchange) {
      handler.handle(exchange);
    }
  }

  /** Sends a response with these bytes. */
  public static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
