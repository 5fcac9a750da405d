package io.github.fapipack.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.apache.http.HttpHost;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.conn.DnsResolver;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.util.EntityUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of asking an HTTP server that a stranger runs, with names that a stranger serves. */
class GuardedFetchTest {

  private static final int MOST_BYTES = 10_000;
  private static final int PATIENT = 60_000;
  private static final List<Network> LOOPBACK = Network.list("127.0.0.1");
  private static final byte[] MEGABYTE = new byte[1 << 20];

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService handlers = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(handlers);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    handlers.shutdownNow();
    clock.shutdownNow();
  }

  @Test
  void getsAShortAnswerFromAnAllowedNetwork() throws Exception {
    serve("/keys", exchange -> answer(exchange, "{}".getBytes(UTF_8), null));

    assertThat(get(client(LOOPBACK, toLoopback()), "keys.example", "/keys")).isEqualTo("{}");
  }

  @Test
  void connectsToNoPrivateAddressUnderWhateverName() {
    serve("/keys", exchange -> answer(exchange, "{}".getBytes(UTF_8), null));
    CloseableHttpClient client = client(List.of(), toLoopback());

    for (String host : List.of("keys.example", "localhost", "127.0.0.1", "2130706433", "[::1]")) {
      assertThatThrownBy(() -> get(client, host, "/keys"))
          .isInstanceOf(ForbiddenDestination.class)
          .hasMessageContaining("private-networks");
    }
    assertThat(requests).hasValue(0);
  }

  /** The name is looked up once for each connection, and the connection made to what was seen. */
  @Test
  void aNameThatMovesGainsNothing() throws Exception {
    serve("/keys", exchange -> answer(exchange, "{}".getBytes(UTF_8), null));
    AtomicInteger lookUps = new AtomicInteger();
    DnsResolver moving =
        host -> addresses(lookUps.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2");
    CloseableHttpClient client = client(LOOPBACK, moving);

    assertThat(get(client, "keys.example", "/keys")).isEqualTo("{}");
    assertThat(lookUps).hasValue(1);
    assertThatThrownBy(() -> get(client, "keys.example", "/keys"))
        .isInstanceOf(ForbiddenDestination.class);
    assertThat(requests).hasValue(1);
  }

  @Test
  void onlyBeginningsWithAWholeHostAreTrusted() {
    assertThat(GuardedHttpClients.prefixes(null)).isEmpty();
    assertThat(GuardedHttpClients.prefixes(" https://consent.bank/, http://crl.bank:8080/a "))
        .containsExactly("https://consent.bank/", "http://crl.bank:8080/a");
    for (String careless : List.of("https://consent.bank", "consent.bank/", "https:///x", "*")) {
      assertThatThrownBy(() -> GuardedHttpClients.prefixes(careless))
          .hasMessageContaining("'" + careless + "' is not an address prefix");
    }
  }

  @Test
  void aNameWithPublicAndPrivateAddressesLeadsToThePublicOnesOnly() throws Exception {
    GuardedResolver resolver =
        new GuardedResolver(host -> addresses("10.0.0.1", "9.9.9.9", "::1"), List.of());

    assertThat(resolver.resolve("keys.example")).containsExactly(addresses("9.9.9.9"));
  }

  @Test
  void followsNoRedirect() throws Exception {
    serve("/elsewhere", exchange -> answer(exchange, "{}".getBytes(UTF_8), null));
    serve(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });

    get(client(LOOPBACK, toLoopback()), "keys.example", "/keys");

    assertThat(requests).hasValue(1);
  }

  @Test
  void endsAnAnswerThatDripsForEver() {
    serve(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          drip(exchange.getResponseBody());
        });
    CloseableHttpClient impatient =
        bounded(new GuardedConnections(new GuardedResolver(toLoopback(), LOOPBACK)).build(), 500);
    Instant begin = Instant.now();

    assertThatThrownBy(() -> get(impatient, "keys.example", "/keys"))
        .isInstanceOf(SocketTimeoutException.class);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void endsAnAnswerWithoutEnd() {
    serve(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(MEGABYTE);
          }
        });

    assertThatThrownBy(() -> get(client(LOOPBACK, toLoopback()), "keys.example", "/keys"))
        .hasMessageContaining("longer than");
  }

  @Test
  void countsTheBytesOfACompressedAnswerOnceTheyAreUnpacked() throws Exception {
    byte[] bomb = gzip(100);
    assertThat(bomb.length).isLessThan(200_000);
    serve("/keys", exchange -> answer(exchange, bomb, "gzip"));

    assertThatThrownBy(() -> get(client(LOOPBACK, toLoopback()), "keys.example", "/keys"))
        .hasMessageContaining("longer than");
  }

  @Test
  void endsAnAnswerOfNothingButHeaders() {
    serve(
        "/keys",
        exchange -> {
          for (int i = 0; i < 10_000; i++) {
            exchange.getResponseHeaders().set("X-" + i, "x");
          }
          answer(exchange, "{}".getBytes(UTF_8), null);
        });

    assertThatThrownBy(() -> get(client(LOOPBACK, toLoopback()), "keys.example", "/keys"))
        .hasMessageContaining("header count");
  }

  @Test
  void leavesNamesToAProxyButJudgesAddresses() throws Exception {
    serve("/", exchange -> answer(exchange, "{}".getBytes(UTF_8), null));
    GuardedConnections connections =
        new GuardedConnections(new GuardedResolver(toLoopback(), List.of()));
    connections.setProxy(new HttpHost("proxy.internal", server.getAddress().getPort()));
    CloseableHttpClient client = bounded(connections.build(), PATIENT);

    assertThat(get(client, "keys.example", "/keys")).isEqualTo("{}");
    for (String host : List.of("127.0.0.1", "2130706433", "[::1]", "localhost", "a.localhost.")) {
      assertThatThrownBy(() -> get(client, host, "/keys")).isInstanceOf(ForbiddenDestination.class);
    }
    assertThat(requests).hasValue(1);
  }

  private CloseableHttpClient client(List<Network> allowed, DnsResolver names) {
    return bounded(new GuardedConnections(new GuardedResolver(names, allowed)).build(), PATIENT);
  }

  private CloseableHttpClient bounded(CloseableHttpClient client, int milliseconds) {
    return new BoundedHttpClient(
        client, clock, new BoundedHttpClient.Bounds(milliseconds, MOST_BYTES));
  }

  private String get(CloseableHttpClient client, String host, String path) throws IOException {
    String uri = "http://" + host + ":" + server.getAddress().getPort() + path;
    return client.execute(
        new HttpGet(uri),
        response -> response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity()));
  }

  private void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.incrementAndGet();
          handler.handle(exchange);
        });
  }

  private static void answer(HttpExchange exchange, byte[] body, String encoding)
      throws IOException {
    if (encoding != null) {
      exchange.getResponseHeaders().set("Content-Encoding", encoding);
    }
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** One byte now and then, so that no pause is long, until the other side has had enough. */
  private static void drip(OutputStream out) throws IOException {
    try {
      for (int i = 0; i < 300; i++) {
        out.write(' ');
        out.flush();
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] gzip(int megabytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      for (int i = 0; i < megabytes; i++) {
        gzip.write(MEGABYTE);
      }
    }
    return bytes.toByteArray();
  }

  private static DnsResolver toLoopback() {
    return host -> addresses("127.0.0.1");
  }

  private static InetAddress[] addresses(String... texts) throws java.net.UnknownHostException {
    InetAddress[] addresses = new InetAddress[texts.length];
    for (int i = 0; i < texts.length; i++) {
      addresses[i] = InetAddress.getByName(texts[i]);
    }
    return addresses;
  }
}
