package io.github.fapipack.bench;

import io.github.fapipack.it.client.FapiClient;
import io.github.fapipack.it.pki.OwnerOnly;
import io.github.fapipack.it.server.Harness;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node-oidc-provider with FAPI 2.0, which has everything in memory. */
final class MeasuredPeer implements MeasuredServer {
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
  }

  /**
   * Starts it, and lets the users log in and consent.
   *
   * @param number of clients for each algorithm
   */
  static MeasuredPeer start(
      Contender contender, PeerProgram program, BenchSettings settings, int number) {
    PeerSettings peer = new PeerSettings(contender);
    Map<String, List<FapiClient>> known = new LinkedHashMap<>();
    for (String algorithm : settings.algorithms()) {
      List<FapiClient> some = new ArrayList<>();
      for (int i = 0; i < number; i++) {
        some.add(peer.client(algorithm, "client-" + algorithm + "-" + i));
      }
      known.put(algorithm, some);
    }
    Path folder =
        OwnerOnly.folder(Harness.fromSystemProperties().workFolder("bench-" + contender.title()));
    MeasuredPeer measured = new MeasuredPeer(contender, program.start(peer, folder));
    known.forEach(
        (algorithm, some) -> measured.clients.put(algorithm, loggedIn(some, peer.password())));
    return measured;
  }

  private static List<LoopingClient> loggedIn(List<FapiClient> clients, String password) {
    return clients.stream()
        .map(client -> LoopingClient.loggedIn(client, "user-" + client.clientId(), password))
        .toList();
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
