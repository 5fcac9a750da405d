package io.github.fapipack.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.it.client.ClientKeys;
import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.http.Json;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.pki.Pki;
import io.github.fapipack.it.pki.PkiFiles;
import io.github.fapipack.it.samples.SampleClients;
import io.github.fapipack.it.server.FreePort;
import io.github.fapipack.it.server.Harness;
import io.github.fapipack.it.testing.TestKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A node-oidc-provider with FAPI 2.0, which has everything in memory, with all its clients. */
final class MeasuredPeer implements MeasuredServer {
  private static final int SECONDS_TO_START = 20;

  private static final String RESOURCE = "https://api.example.org";

  private final Contender contender;
  private final Process process;
  private final ProcessCost cost;
  private final ClosedLoop loop;
  private final Map<String, List<LoopingClient>> clients = new LinkedHashMap<>();

  private MeasuredPeer(Contender contender, Process process) {
    this.contender = contender;
    this.process = process;
    this.cost = new ProcessCost(process.toHandle());
    this.loop = new ClosedLoop(cost, () -> 0);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-peer"));
  }

  /**
   * Installs and starts it, and lets the users log in and consent.
   *
   * @param number of clients for each algorithm
   */
  static MeasuredPeer start(Contender contender, BenchSettings settings, int number) {
    Harness harness = Harness.fromSystemProperties();
    PeerProgram program = PeerProgram.install(harness);
    Path folder = OwnerOnly.folder(harness.workFolder("bench-" + contender.title()));
    int port = FreePort.find();
    Pki pki = Pki.create();
    String issuer = "https://" + pki.host() + ":" + port;
    String password = UUID.randomUUID().toString();
    ObjectNode options = Json.object().put("issuer", issuer).put("port", port);
    options.put("password", password);
    if (contender == Contender.PEER) {
      options.put("resource", RESOURCE);
    }
    Map<String, List<FapiClient>> known = new LinkedHashMap<>();
    for (String algorithm : settings.algorithms()) {
      List<FapiClient> some = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        some.add(client(issuer, pki, algorithm, "client-" + algorithm + "-" + i, options));
      }
      known.put(algorithm, some);
    }
    MeasuredPeer peer = new MeasuredPeer(contender, run(program, folder, pki, port, options));
    known.forEach(
        (algorithm, some) ->
            peer.clients.put(
                algorithm,
                some.stream()
                    .map(one -> LoopingClient.loggedIn(one, "user-" + one.clientId(), password))
                    .toList()));
    return peer;
  }

  /** Makes a client, and adds its registration to the settings. */
  private static FapiClient client(
      String issuer, Pki pki, String algorithm, String id, ObjectNode options) {
    ClientKeys keys = TestKeys.create();
    ObjectNode registration =
        options
            .withArray("/clients")
            .addObject()
            .put("client_id", id)
            .put("id_token_signed_response_alg", algorithm)
            .put("token_endpoint_auth_signing_alg", algorithm);
    registration.set("jwks", Json.parse(keys.publicJwks()));
    registration.putArray("redirect_uris").add(SampleClients.REDIRECT_URI);
    return FapiClient.of(issuer)
        .clientId(id)
        .privateKeyJwt(keys)
        .algorithm(algorithm)
        .redirectUri(SampleClients.REDIRECT_URI)
        .tls(pki, null)
        .build();
  }

  private static Process run(
      PeerProgram program, Path folder, Pki pki, int port, ObjectNode options) {
    try {
      PkiFiles files = pki.writeTo(folder.resolve("pki"));
      options.put("key", files.serverKey().toString());
      options.put("certificate", files.server().toString());
      options.set(
          "jwks",
          Json.parse(ClientKeys.of(ClientKeys.ps256(), ClientKeys.es256()).set().toString(false)));
      Path settings = folder.resolve("settings.json");
      OwnerOnly.write(settings, Json.text(options));
      Path log = folder.resolve("server.log");
      Process process = program.start(settings, log);
      await(process, port, log);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void await(Process process, int port, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
    while (!listens(port)) {
      if (System.nanoTime() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
        process.destroy();
        throw new IllegalStateException("the peer does not start: " + Files.readString(log));
      }
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public ClosedLoop loop() {
    return loop;
  }

  @Override
  public List<LoopingClient> clients(String algorithm, int number) {
    return clients.get(algorithm).subList(0, number);
  }

  /** V8 has no command for its collector. */
  @Override
  public Memory memory() {
    return new Memory(cost.resident(), 0);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
